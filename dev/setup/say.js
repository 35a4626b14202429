/**
 * Says one thing to the person at the keyboard. Standard output belongs to the command that is
 * being prepared.
 *
 * @param {string} sentence
 */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}
