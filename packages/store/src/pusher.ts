import { equal, pickPaths, withPaths } from '@liyu/model';
import type { Collection, Doc, Role } from '@liyu/model';
import type { RxReplicationWriteToMasterRow } from 'rxdb/plugins/core';
import { withoutMarks } from './database.js';
import type { LocalDoc } from './database.js';
import type { PullContext, Pulled, Puller } from './puller.js';
import { scopesOf } from './scopes.js';
import type { SentWrites } from './sent-writes.js';
import type { Claims } from './session.js';
import { SyncError } from './sync-error.js';

export interface Reject {
  id: string;
  code: string;
}

export interface PushContext extends Pick<
  PullContext,
  'client' | 'signal' | 'opened' | 'onQuarantine'
> {
  /** Called when the server refused a write; `doc` is what the person had written. */
  onReject: (reject: Reject, doc: LocalDoc) => Promise<void>;
  /** Called with the number of writes that go with a customer who is no longer this person's. */
  onGone: (unsent: number) => void;
  /** What is held of a record. It stays until the record is stored as the server has it. */
  heldOf: (id: string) => Promise<LocalDoc | null>;
  /** What was sent, also by a page that no longer is. */
  sentWrites: Pick<SentWrites, 'add'>;
}

/** A record as it was written, and as the server was last known to have it. */
export type Row = RxReplicationWriteToMasterRow<LocalDoc>;

/** What the server answers to a push. */
interface Verdicts {
  conflicts: unknown[];
  rejects: Reject[];
}

/** The desks that a record came by, which no server sends. */
function viaOf(rows: readonly Row[], id: string): Pick<LocalDoc, 'via'> {
  const via = rows.find((row) => row.newDocumentState.id === id)?.newDocumentState.via;
  return via === undefined ? {} : { via };
}

/** What a server would answer that takes none of these rows; each stays as it was before. */
function refused(
  rows: readonly { newDocumentState: LocalDoc; assumedMasterState?: LocalDoc }[],
  code: string,
): Verdicts {
  return {
    conflicts: rows.map(
      ({ newDocumentState: { id }, assumedMasterState: base }) => base ?? { id, _deleted: true },
    ),
    rejects: rows.map(({ newDocumentState: { id } }) => ({ id, code })),
  };
}

/** The verdicts after some rows were sent again. */
function amended(before: Verdicts, again: readonly Row[], after: Verdicts): Verdicts {
  const ids = new Set(again.map(({ newDocumentState: { id } }) => id));
  const kept = before.conflicts.filter((doc) => !ids.has((doc as { id: string }).id));
  return {
    conflicts: [...kept, ...after.conflicts],
    rejects: [...before.rejects, ...after.rejects],
  };
}

/** What is held, unless the write was made on it already. */
function newer(held: LocalDoc | null, base: LocalDoc | undefined): LocalDoc | null {
  return held !== null && base !== undefined && Number(held.rev) <= Number(base.rev) ? null : held;
}

/** Sends what was written on the device, and works out what RxDB is to store for it. */
export class Pusher {
  constructor(
    private readonly definition: Collection,
    private readonly puller: Puller,
    private readonly context: PushContext,
  ) {}

  /** What is held of each record that wasn't taken as written. Throws a SyncError when nothing is said. */
  async push(rows: readonly Row[], claims: Claims): Promise<Pulled[]> {
    const found: Pulled[] = [];
    for (const [scope, group] of this.#byScope(rows, claims)) {
      found.push(...(await this.#send(group, scope, claims.role)));
    }
    return found;
  }

  /** Rows by the scope that they go to. What nobody here wrote is no row: RxDB forgot whence it came. */
  #byScope(rows: readonly Row[], claims: Claims): Map<string, Row[]> {
    const groups = new Map<string, Row[]>();
    const [first = `m:${claims.manager ?? ''}`] = scopesOf(
      this.definition,
      claims,
      this.context.opened,
    );
    for (const row of rows) {
      const { pending, via, customer } = row.newDocumentState;
      if (pending !== true) continue;
      const scope =
        claims.role === 'staff' && this.definition.desk !== true
          ? `c:${String(customer)}`
          : (via?.[0] ?? first);
      groups.set(scope, [...(groups.get(scope) ?? []), row]);
    }
    return groups;
  }

  async #send(rows: Row[], scope: string, role: Role): Promise<Pulled[]> {
    const sent = rows.map(
      (row) =>
        ({
          newDocumentState: withoutMarks(row.newDocumentState),
          ...(row.assumedMasterState && {
            assumedMasterState: withoutMarks(row.assumedMasterState),
          }),
        }) as Row,
    );
    // No need to wait for it: it is there before an answer can get lost and the person writes on.
    const adding = this.context.sentWrites.add(
      sent.map(({ newDocumentState }) => newDocumentState),
    );
    let answer: Verdicts;
    try {
      [answer] = await Promise.all([this.#post(scope, sent), adding]);
      const before = await adding;
      const again = this.#onOwnWrite(sent, answer, before, role);
      if (again.length > 0) answer = amended(answer, again, await this.#post(scope, again));
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      if (error.kind === 'too_large' && rows.length > 1) {
        const middle = rows.length >> 1;
        const first = await this.#send(rows.slice(0, middle), scope, role);
        return [...first, ...(await this.#send(rows.slice(middle), scope, role))];
      }
      if (error.kind === 'too_large') {
        // No server takes it, now or later: it would hold up all that is written after it.
        answer = refused(sent, 'too_large');
      } else if (error.kind === 'gone' && role === 'staff') {
        // The customer is no longer this member of staff's: what was written must not vanish unsaid.
        this.context.onGone(rows.length);
        // The record goes with the scope, by the pull that follows; the customer may be back by then.
        answer = refused(sent, 'gone');
      } else throw error;
    }
    for (const reject of answer.rejects) {
      const row = rows.find((item) => item.newDocumentState.id === reject.id);
      if (row !== undefined)
        await this.context.onReject(reject, withoutMarks(row.newDocumentState));
    }
    const unreadable = new Set<string>();
    const conflicts = answer.conflicts.map((conflict): Pulled => {
      const accepted = this.puller.accept(conflict);
      const { id } = conflict as { id: string };
      // A pull leaves such a record out too.
      if (accepted === null) unreadable.add(id);
      const doc = accepted ?? { id, _deleted: true };
      const local = rows.find((item) => item.newDocumentState.id === doc.id)?.newDocumentState;
      if (doc._deleted) return { ...(local as LocalDoc), _deleted: true };
      return { ...doc, ...viaOf(rows, doc.id) };
    });
    if (unreadable.size > 0) this.context.onQuarantine(unreadable.size);
    const rejected = new Set(answer.rejects.map((reject) => reject.id));
    for (const { newDocumentState: wrote, assumedMasterState: base } of sent) {
      const held = newer(await this.context.heldOf(wrote.id), base);
      const conflict = conflicts.find((doc) => doc.id === wrote.id);
      if (conflict === undefined) {
        const via = viaOf(rows, wrote.id);
        if (held !== null && this.#contains(held, wrote, base, role)) {
          conflicts.push({ ...held, _deleted: false });
        } else if (
          held === null &&
          base !== undefined &&
          this.#contains(base, wrote, undefined, role)
        ) {
          // The server had it all along and wrote nothing: no pull will ever bring it without its mark.
          conflicts.push({ ...base, ...via, _deleted: false });
        }
      } else if (
        !rejected.has(wrote.id) &&
        (unreadable.has(wrote.id) || !this.#contains(conflict, wrote, base, role))
      ) {
        // Somebody else wrote first: what was written here must not vanish without a word.
        await this.context.onReject({ id: wrote.id, code: 'conflict' }, wrote);
      }
    }
    return conflicts;
  }

  async #post(scope: string, rows: readonly Row[]): Promise<Verdicts> {
    const body = { coll: this.definition.name, scope, sv: this.definition.version, rows };
    const answer = (await this.context.client.post(
      '/sync/v1/push',
      body,
      this.context.signal,
    )) as Partial<Verdicts> | null;
    const { conflicts, rejects } = answer ?? {};
    if (!Array.isArray(conflicts) || !Array.isArray(rejects)) {
      throw new SyncError('busy', 'the answer has no verdicts');
    }
    return { conflicts, rejects };
  }

  /**
   * Rows that conflict with nothing but an earlier write of this device, which the server took: as they
   * are to be sent again, made on that write.
   */
  #onOwnWrite(
    sent: readonly Row[],
    { conflicts, rejects }: Verdicts,
    before: ReadonlyMap<string, readonly LocalDoc[]>,
    role: Role,
  ): Row[] {
    const paths = this.definition.writable[role];
    return sent.flatMap(({ newDocumentState: wrote, assumedMasterState: base }): Row[] => {
      const earlier = before.get(wrote.id) ?? [];
      if (earlier.length === 0 || rejects.some(({ id }) => id === wrote.id)) return [];
      const conflict = conflicts.find((doc) => (doc as { id?: unknown } | null)?.id === wrote.id);
      const held = conflict === undefined ? null : this.puller.accept(conflict);
      if (held === null || held._deleted || this.#contains(held, wrote, base, role)) return [];
      if (!earlier.some((doc) => this.#contains(held, doc, base, role))) return [];
      const old = base === undefined ? {} : pickPaths(base, paths);
      const change = Object.entries(pickPaths(wrote, paths)).filter(
        ([path, value]) => !equal(old[path], value),
      );
      const master = withoutMarks(held);
      const next = withPaths(master, Object.fromEntries(change));
      return [{ newDocumentState: next, assumedMasterState: master } as Row];
    });
  }

  /** Whether a record of the server holds what was written here. */
  #contains(record: LocalDoc, wrote: LocalDoc, base: LocalDoc | undefined, role: Role): boolean {
    if (this.definition.contains?.(record as Doc, wrote as Doc) === true) return true;
    const paths = this.definition.writable[role];
    const found = pickPaths(record, paths);
    const before = this.definition.mergeFields && base !== undefined ? pickPaths(base, paths) : {};
    return Object.entries(pickPaths(wrote, paths)).every(
      ([path, value]) =>
        equal(found[path], value) || (path in before && equal(before[path], value)),
    );
  }
}
