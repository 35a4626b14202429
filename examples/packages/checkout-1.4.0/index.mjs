/** Answers with the price of what is in the cart, and with the version that reckoned it. */
export async function handler({ cart = [] }, context) {
  const total = cart.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  return { total, release: '1.4.0', version: context.functionVersion };
}
