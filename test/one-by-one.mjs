import { AsyncResource } from 'node:async_hooks';
import { after, describe } from 'node:test';

/**
 * Runs test files one after another in this process, each as a suite that keeps its hooks and failures to
 * itself; a file is loaded when the one before it is over.
 * @param {[name: string, address: string][]} files
 */
export function oneByOne(files) {
  let last = Promise.resolve();
  for (const [name, address] of files) {
    const turn = last;
    let pass;
    last = new Promise((resolve) => (pass = resolve));
    describe(name, async () => {
      // What a file declares belongs to this suite only if it is loaded in the context of it.
      const load = AsyncResource.bind(() => import(address));
      after(pass);
      await turn;
      await load().catch((error) => {
        pass();
        throw error;
      });
    });
  }
}
