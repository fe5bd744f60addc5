import { startPortal } from './portal.js';

const { LIYU_SERVER, PORTAL_PORT, HOST } = process.env;
if (LIYU_SERVER === undefined) {
  process.stderr.write('LIYU_SERVER: the address of liyu serve --demo is missing\n');
  process.exit(1);
}
const portal = await startPortal({
  serverUrl: LIYU_SERVER,
  port: Number(PORTAL_PORT ?? 8080),
  ...(HOST !== undefined && { host: HOST }),
});
process.stdout.write(`portal ${portal.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void portal.close().then(() => process.exit(0)));
}
