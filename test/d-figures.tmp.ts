import { test } from 'node:test';
import { startPlannedStore, wishOf } from './support/planned-store.ts';
import { statusFigures } from '@streamswarm/operator/store/queries/status-figures';
import { clockMs } from '@streamswarm/operator/store/database';
import { managePartitions } from '@streamswarm/operator/store/tables/partitions';
test('x', async () => {
  const store = await startPlannedStore();
  await store.db.query(`insert into agent (id, name, version, platform, addresses, capabilities) select gen_random_uuid(), 'worker-' || n, '0', '{}', '[]', '[]' from generate_series(0, 999) as n`);
  const now = await clockMs(store.db);
  const start = Math.floor(now/60000)*60000 - 3*3600_000;
  await managePartitions(store.db).ensure([Math.floor(now/86400000), Math.floor(start/86400000)]);
  const wish = wishOf('big', {destinations:[{name:'edge',host:'198.18.0.1'}],probes:[{icmp:{}}],interval:'5s'});
  const o = await store.plan(wish.uid, {wish, at: () => start});
  await store.db.query(`insert into slot_minute select id, m, -1, 12, 0, 0, null from span, generate_series(${start/60000}, ${Math.floor(now/60000)-1}) as m`);
  await store.db.query(`insert into probe_icmp_1m (stream, ts, ok, lost, error, sent_sum, received_sum, rtts_seconds_n, rtts_seconds_sum, rtts_seconds_hist) select stream, to_timestamp(m*60), 12, 0, 0, 120, 120, 120, 1, '{-230,40,-229,40,-228,40}' from span, generate_series(${Math.floor(now/60000)-10}, ${Math.floor(now/60000)-1}) as m`);
  await store.db.query('analyze');
  for (let i=0;i<6;i++) { const c=process.cpuUsage(), s=performance.now(); const f = await statusFigures(store.db, wish.uid, o.run!.id); const u=process.cpuUsage(c); console.log(i, 'wall', Math.round(performance.now()-s), 'cpu', Math.round((u.user+u.system)/1000), f.samples.ok, f.samples.pending, f.p95Seconds, f.assigned, f.reporting); }
  let c=process.cpuUsage(), s=performance.now(); for (let i=0;i<10;i++) await store.plan(wish.uid,{wish}); let u=process.cpuUsage(c); console.log('plan no change, 1000 agents', (performance.now()-s)/10, 'cpu', (u.user+u.system)/10000);
  await store.stop();
});
