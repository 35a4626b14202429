const facts = [
  'A sweet potato is not a potato: it is a root of the morning glory family.',
  'Sweet potatoes float in fresh water, and potatoes sink.',
];

/** Answers with a fact, and with the version of the function that told it. */
export async function handler(_event, context) {
  const fact = facts[Math.floor(Math.random() * facts.length)];
  return { fact, version: context.functionVersion };
}
