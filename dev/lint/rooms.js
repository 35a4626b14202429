/**
 * The room of a file of a part: the folder directly in the part that it lies in, or itself.
 *
 * @param {string} path from the part's folder on
 */
export function roomOf(path) {
  const [first = ''] = path.split('/');
  return first.replace(/\.[jt]s$/, '');
}

/**
 * Whether a room may import another: itself, and those after it in the order. A room that is not in
 * the order may import none, so that it is given its place.
 *
 * @param {string} from
 * @param {string} to
 * @param {readonly string[]} order
 */
export function mayImport(from, to, order) {
  if (from === to) return true;
  return order.includes(from) && order.indexOf(from) < order.indexOf(to);
}
