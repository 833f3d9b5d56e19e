import type { Machine } from '@streamswarm/contract';
import type { Queryable } from '../database.ts';
import { sampleTable } from '../tables/columns.ts';

const REACH = '1 day';

export type MachineRow = Omit<Machine, 'at'> & { readonly at: Date };

/** The parts of an agent's machine, by the newest sample of any test that has them; null where none has. */
export async function latestMachine(db: Queryable, agent: string): Promise<MachineRow | null> {
  const [row] = await db.query<MachineRow>(
    `select r.ts as at, r.filesystems, r.disks, r.interfaces
     from (select distinct sp.stream from span sp join agent a on a.id = sp.agent_id
           where a.name = $1 and sp.kind = 'host'
             and (sp.to_ms is null or sp.to_ms > extract(epoch from clock_timestamp() - interval '${REACH}') * 1000)) as s
     cross join lateral (
       select ts, filesystems, disks, interfaces from "${sampleTable('host')}"
       where stream = s.stream and ts > clock_timestamp() - interval '${REACH}'
         and (filesystems is not null or disks is not null or interfaces is not null)
       order by ts desc limit 1
     ) as r
     order by r.ts desc limit 1`,
    [agent],
  );
  return row ?? null;
}
