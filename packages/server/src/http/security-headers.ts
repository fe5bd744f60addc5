const EVERYWHERE = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Answers that hold data of persons: for pages of this host or an origin that CORS names, over TLS. */
const OF_DATA = {
  ...EVERYWHERE,
  'Cross-Origin-Resource-Policy': 'same-origin',

  'Strict-Transport-Security': 'max-age=31536000',
};

/** Probes are for the inside, which speaks plain HTTP; whatever else a node answers may be data. */
const PROBES = ['/livez', '/readyz'];

export function securityHeaders(path: string): Readonly<Record<string, string>> {
  return PROBES.includes(path) ? EVERYWHERE : OF_DATA;
}
