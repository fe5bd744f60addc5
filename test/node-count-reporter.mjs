import { writeFileSync } from 'node:fs';

/** A reporter of node:test that writes {passed, failed} to the file that COUNT_FILE names. */
export default async function* nodeCountReporter(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.skip !== undefined || (data.details?.type === 'suite' && !failsItself(data))) continue;
    if (type === 'test:pass') passed += 1;
    else failed += 1;
  }
  if (process.env.COUNT_FILE)
    writeFileSync(process.env.COUNT_FILE, JSON.stringify({ passed, failed }));
  yield '';
}

/** Whether a suite fails, and not for what is in it: a file that can't be loaded, a hook that throws. */
function failsItself({ details: { error } }) {
  return error !== undefined && error.failureType !== 'subtestsFailed';
}
