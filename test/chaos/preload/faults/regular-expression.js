/** Tries each of 2^40 ways to divide the text, and none fits. */
export default function regularExpression() {
  return /^(a+)+$/.test(`${'a'.repeat(40)}!`);
}
