import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../packages/server/src/cli/main.ts', import.meta.url));
const { LIYU_PROGRAM } = process.env;

export const LIYU =
  LIYU_PROGRAM === undefined
    ? ['--conditions=source', '--import', 'tsx', SOURCE]
    : ['--enable-source-maps', LIYU_PROGRAM];
