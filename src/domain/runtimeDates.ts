/** What AWS says of a runtime: three first days, as ISO dates. */
export interface RuntimeDates {
  /** It gets no more fixes, and AWS no longer supports it. */
  deprecated: string;
  /** No more functions can be created on it. */
  noCreate: string;
  /** Functions on it can no longer be updated. */
  noUpdate: string;
}

const dates = (deprecated: string, noCreate: string, noUpdate: string): RuntimeDates => ({
  deprecated,
  noCreate,
  noUpdate,
});

/** The day of AWS's page "Lambda runtimes" that {@link RUNTIMES} is taken from. */
const AS_OF = '2026-08-01';

/** By AWS's page. AWS has postponed some of these dates several times. */
export const RUNTIMES: ReadonlyMap<string, RuntimeDates> = new Map([
  ['nodejs', dates('2016-10-31', '2016-09-30', '2016-10-31')],
  ['nodejs4.3', dates('2020-03-05', '2020-02-03', '2020-03-05')],
  ['nodejs4.3-edge', dates('2020-03-05', '2019-03-31', '2019-04-30')],
  ['nodejs6.10', dates('2019-08-12', '2019-07-12', '2019-08-12')],
  ['nodejs8.10', dates('2020-03-06', '2020-02-04', '2020-03-06')],
  ['nodejs10.x', dates('2021-07-30', '2021-07-30', '2022-02-14')],
  ['nodejs12.x', dates('2023-03-31', '2023-03-31', '2023-04-30')],
  ['nodejs14.x', dates('2023-12-04', '2024-01-09', '2027-03-03')],
  ['nodejs16.x', dates('2024-06-12', '2027-02-01', '2027-03-03')],
  ['nodejs18.x', dates('2025-09-01', '2027-02-01', '2027-03-03')],
  ['nodejs20.x', dates('2026-04-30', '2027-02-01', '2027-03-03')],
  ['nodejs22.x', dates('2027-04-30', '2027-06-01', '2027-07-01')],
  ['nodejs24.x', dates('2028-04-30', '2028-06-01', '2028-07-01')],
  ['python2.7', dates('2021-07-15', '2021-07-15', '2022-05-30')],
  ['python3.6', dates('2022-07-18', '2022-07-18', '2022-08-29')],
  ['python3.7', dates('2023-12-04', '2024-01-09', '2027-03-03')],
  ['python3.8', dates('2024-10-14', '2027-02-01', '2027-03-03')],
  ['python3.9', dates('2025-12-15', '2027-02-01', '2027-03-03')],
  ['python3.10', dates('2026-10-31', '2027-02-01', '2027-03-03')],
  ['python3.11', dates('2027-06-30', '2027-07-31', '2027-08-31')],
  ['python3.12', dates('2028-10-31', '2028-11-30', '2029-01-10')],
  ['python3.13', dates('2029-06-30', '2029-07-31', '2029-08-31')],
  ['python3.14', dates('2029-06-30', '2029-07-31', '2029-08-31')],
  ['java8', dates('2024-01-08', '2024-02-08', '2027-03-03')],
  ['java8.al2', dates('2027-06-30', '2027-07-31', '2027-08-31')],
  ['java11', dates('2027-06-30', '2027-07-31', '2027-08-31')],
  ['java17', dates('2027-06-30', '2027-07-31', '2027-08-31')],
  ['java21', dates('2029-06-30', '2029-07-31', '2029-08-31')],
  ['java25', dates('2029-06-30', '2029-07-31', '2029-08-31')],
  ['dotnetcore1.0', dates('2019-06-27', '2019-06-30', '2019-07-30')],
  ['dotnetcore2.0', dates('2019-05-30', '2019-04-30', '2019-05-30')],
  ['dotnetcore2.1', dates('2022-01-05', '2022-01-05', '2022-04-13')],
  ['dotnetcore3.1', dates('2023-04-03', '2023-04-03', '2023-05-03')],
  ['dotnet6', dates('2024-12-20', '2027-02-01', '2027-03-03')],
  ['dotnet8', dates('2026-11-10', '2027-02-01', '2027-03-03')],
  ['dotnet10', dates('2028-11-14', '2028-12-14', '2029-01-15')],
  ['ruby2.5', dates('2021-07-30', '2021-07-30', '2022-03-31')],
  ['ruby2.7', dates('2023-12-07', '2024-01-09', '2027-03-03')],
  ['ruby3.2', dates('2026-03-31', '2027-02-01', '2027-03-03')],
  ['ruby3.3', dates('2027-03-31', '2027-04-30', '2027-05-31')],
  ['ruby3.4', dates('2028-03-31', '2028-04-30', '2028-05-31')],
  ['ruby4.0', dates('2029-03-31', '2029-04-30', '2029-05-31')],
  ['go1.x', dates('2024-01-08', '2024-02-08', '2027-03-03')],
  ['provided', dates('2024-01-08', '2024-02-08', '2027-03-03')],
  ['provided.al2', dates('2026-07-31', '2027-02-01', '2027-03-03')],
  ['provided.al2023', dates('2029-06-30', '2029-07-31', '2029-08-31')],
]);

/** The runtimes that nobody has to leave soon. */
export const SUPPORTED_RUNTIMES = [...RUNTIMES]
  .filter(([, { deprecated }]) => deprecated > AS_OF)
  .map(([name]) => name);
