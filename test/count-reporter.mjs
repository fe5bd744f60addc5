import { writeFileSync } from 'node:fs';

/**
 * A reporter of the browser runner: prints what failed and why, and writes {passed, failed} to the file
 * that COUNT_FILE names, for test/run.mjs to add up.
 */
export function countReporter() {
  return {
    onTestRunFinished({ sessions }) {
      let passed = 0;
      let failed = 0;
      const walk = (suite, path) => {
        for (const test of suite.tests) {
          const name = [...path, test.name].join(' › ');
          if (test.skipped) continue;
          if (test.passed) passed += 1;
          else failed += 1;
          if (!test.passed)
            console.log(`✖ ${name}\n  ${test.error?.message ?? ''}\n${test.error?.stack ?? ''}`);
        }
        for (const child of suite.suites) walk(child, [...path, child.name]);
      };
      for (const session of sessions) {
        for (const error of session.errors) {
          failed += 1;
          console.log(`✖ ${session.testFile}\n  ${error.message}\n${error.stack ?? ''}`);
        }
        if (session.testResults)
          walk(session.testResults, [session.testFile?.split('/').pop() ?? '']);
        if (!session.testResults && session.errors.length === 0) {
          failed += 1;
          console.log(`✖ ${session.testFile}: no result`);
        }
      }
      console.log(`browser: ${passed} passed, ${failed} failed`);
      if (process.env.COUNT_FILE)
        writeFileSync(process.env.COUNT_FILE, JSON.stringify({ passed, failed }));
    },
  };
}
