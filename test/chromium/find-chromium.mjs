import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Flags for every launch: nothing that loosens the web's security, nothing that calls home. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a browser: CHROME_PATH, else an installed Chrome or Chromium, else the Chromium that
 * comes through npm, which this folder's own lock file pins and which is installed when first needed.
 * @returns {Promise<string>}
 */
export async function findChromium() {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH !== undefined && CHROME_PATH !== '') {
    if (!existsSync(CHROME_PATH)) throw new Error(`CHROME_PATH: there is no file ${CHROME_PATH}`);
    return CHROME_PATH;
  }
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return installed;

  const folder = fileURLToPath(new URL('.', import.meta.url));
  const require = createRequire(import.meta.url);
  if (!existsSync(`${folder}node_modules/@sparticuz/chromium`)) {
    process.stderr.write('no Chrome or Chromium found: installing one through npm\n');
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
  }
  const { default: chromium } = await import(require.resolve('@sparticuz/chromium'));
  return chromium.executablePath();
}
