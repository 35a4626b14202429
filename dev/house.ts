/**
 * Prints what can be counted of the shape of the code: `npm run house`, or
 * `npm run house -- <another checkout>` to compare.
 */
import { join, resolve } from 'node:path';
import { circlesOf } from './house/circles.js';
import { isCode, lengthsOf, treeOf } from './house/files.js';
import { arrowsOf, type Graph, grouped, importsOf } from './house/imports.js';
import { directions } from './lint/directions.js';
import { mayImport, roomOf } from './lint/rooms.js';
import { root } from './setup/paths.js';

const checkout = resolve(process.argv[2] ?? root);

for (const name of ['src', 'test']) {
  const folder = join(checkout, name);
  const { files, folders } = treeOf(folder);
  const { p50, p90, max } = lengthsOf(files.filter(isCode).map((file) => join(folder, file)));
  print(name, `${files.length} files in ${folders.length} folders`);
  print(`lines of files of ${name}`, `p50 ${p50}, p90 ${p90}, max ${max}`);
}
const files = importsOf(join(checkout, 'src'));
print('imports between files of src', String(arrowsOf(files).length));
printCircles('circles of files of src', files);

const rooms = grouped(importsOf(join(checkout, 'src/workflows')), roomOf);
const arrows = arrowsOf(rooms);
print('rooms of src/workflows', `${rooms.size}, with ${arrows.length} arrows`);
printCircles('circles of rooms of src/workflows', rooms);
const order = directions['workflows']?.rooms;
if (order === undefined) {
  print('arrows upwards', 'no order of rooms is declared');
} else {
  const upwards = arrows.filter(([from, to]) => !mayImport(from, to, order));
  print('arrows upwards', String(upwards.length));
  for (const [from, to] of upwards) console.log(`  ${from} → ${to}`);
}

function printCircles(what: string, graph: Graph): void {
  const circles = circlesOf(graph);
  print(what, String(circles.length));
  for (const circle of circles) console.log(`  ${circle.join(' ↔ ')}`);
}

function print(what: string, value: string): void {
  console.log(`${what.padEnd(36)}${value}`);
}
