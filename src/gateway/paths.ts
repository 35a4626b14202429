import type { IncomingMessage } from 'node:http';

/** Requests whose address says no path. No route takes them, and no hook knows it otherwise. */
const withoutPath = new WeakSet<IncomingMessage>();

/** Whether the address of a request cannot be read as one. */
export function hasNoPath(request: IncomingMessage): boolean {
  return withoutPath.has(request);
}

/**
 * Makes what gives the path by which a request is routed. The router itself answers an address that
 * it cannot decode before anything is counted.
 *
 * @param publicUrl - a proxy in front may leave its path away, or leave it in its place
 */
export function createPaths(publicUrl: string): (request: IncomingMessage) => string {
  const publicPath = new URL(publicUrl).pathname;
  return (request) => {
    const path = pathIn(request.url ?? '');
    if (path === undefined) {
      withoutPath.add(request);
      return '/';
    }
    const isBelow = publicPath !== '/' && path.startsWith(`${publicPath}/`);
    return isBelow ? path.slice(publicPath.length) : path;
  };
}

/** With its query. A client may also write the whole address, as it does to a proxy. */
function pathIn(address: string): string | undefined {
  const isWhole = /^https?:\/\//i.test(address) && URL.canParse(address);
  const path = isWhole ? new URL(address).pathname + new URL(address).search : address;
  return path.startsWith('/') && canBeDecoded(path) ? path : undefined;
}

function canBeDecoded(path: string): boolean {
  try {
    decodeURI(path.split(/[?#]/, 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}
