/** Where AWS is called. What is absent is as the AWS SDK finds it in the environment. */
export interface AwsEndpoints {
  /** The region whose STS is asked for roles. Absent: that of the target. */
  stsRegion?: string;
  /** Whether IPv6 is spoken, too. */
  useDualstackEndpoint?: boolean;
  /** Whether only endpoints are called whose cryptography is validated by FIPS 140. */
  useFipsEndpoint?: boolean;
}
