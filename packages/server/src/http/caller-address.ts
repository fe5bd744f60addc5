import { BlockList, isIP } from 'node:net';

/** Proxies that are believed when they say whom they ask for. */
export type TrustedProxies = Pick<BlockList, 'check'>;

/**
 * The address that a request is counted under: that of the connection, or, when a trusted proxy holds
 * it, the last one in X-Forwarded-For that isn't a trusted proxy's; what stands before it anybody may
 * have written. Of IPv6 the first 64 bits, since a household has them all.
 */
export function callerAddress(
  peer: string,
  forwardedFor: string | undefined,
  trusted: TrustedProxies,
): string {
  let address = plain(peer);
  const said = (forwardedFor ?? '').split(',').map((one) => plain(one.trim()));
  while (isTrusted(address, trusted)) {
    const before = said.pop();
    if (before === undefined || isIP(before) === 0) break;
    address = before;
  }
  return isIP(address) === 6 ? network(address) : address;
}

/** Addresses and networks such as 10.0.0.0/8, separated by commas; null when one is neither. */
export function parseProxies(list: string): TrustedProxies | null {
  const proxies = new BlockList();
  for (const entry of list.split(',').map((one) => one.trim())) {
    if (entry === '') continue;
    const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
    const version = isIP(address);
    const most = version === 6 ? 128 : 32;
    if (version === 0 || Number(bits ?? most) > most) return null;
    proxies.addSubnet(address, Number(bits ?? most), version === 6 ? 'ipv6' : 'ipv4');
  }
  return proxies;
}

function isTrusted(address: string, trusted: TrustedProxies): boolean {
  const version = isIP(address);
  return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address as such, also where the system wraps it into IPv6. */
function plain(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** The first four groups of an IPv6 address, in the short form that URLs have. */
function network(address: string): string {
  const [bare = ''] = address.split('%');
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [head = '', tail = ''] = short.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
