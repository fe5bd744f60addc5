import { expect } from '@open-wc/testing';
import { openDatabase } from './database.js';
import { OwnRecords } from './own-records.js';
import { SentWrites } from './sent-writes.js';

describe('what was sent', () => {
  it('is kept while other records of the collection are sent and stored', async () => {
    const database = await openDatabase(null, 'own');
    const writes = new SentWrites(new OwnRecords(database), 'surveys');
    for (let n = 0; n < 10; n++) {
      await writes.add([{ id: `x${n}` }]);
      await Promise.all([writes.add([{ id: `y${n}` }]), writes.remove([`x${n}`])]);
    }
    const kept = await writes.add([]);
    expect([...kept.keys()].sort()).to.deep.equal(Array.from({ length: 10 }, (_, n) => `y${n}`));
    await database.close();
  });
});
