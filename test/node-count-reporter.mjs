import { writeFileSync } from 'node:fs';

/** A reporter of node:test that writes {passed, failed} to the file that COUNT_FILE names. */
export default async function* nodeCountReporter(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite' || data.skip !== undefined) continue;
    if (type === 'test:pass') passed += 1;
    else failed += 1;
  }
  if (process.env.COUNT_FILE)
    writeFileSync(process.env.COUNT_FILE, JSON.stringify({ passed, failed }));
  yield '';
}
