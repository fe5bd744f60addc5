import { loadPolicy } from '@liyu/policy/node';
import { sampleBank } from '@liyu/sample';
const size = Number(process.argv[2] ?? 1000);
const policy = loadPolicy(); const t = performance.now(); let docs = 0, rows = 0, bytes = 0; const per: any = {};
for (const p of sampleBank({ policy, today: '2026-11-22', size }).people()) { docs += p.documents.length; rows += 2 + p.holdings.length + p.events.length; for (const d of p.documents) per[d.coll] = (per[d.coll] ?? 0) + 1; if (process.argv[3]) bytes += JSON.stringify(p).length; }
console.log({ size, s: ((performance.now() - t) / 1000).toFixed(2), docs: docs / size, rows: rows / size, bytes, per, maxRSS: Math.round(process.resourceUsage().maxRSS / 1024) + ' MB' });
