// Prisma does not migrate here, so nothing but this keeps its schema from leaving the tables.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { type SchemaTable, schemaTables } from '../support/prisma-schema.ts';
import { startTestStore, type TestStore } from '../support/test-store.ts';

const SCHEMA = new URL('../../operator/src/store/prisma/schema.prisma', import.meta.url);
const wished = schemaTables(readFileSync(SCHEMA, 'utf8'));
let store: TestStore;

before(async () => {
  store = await startTestStore();
});
after(() => store.stop());

/** A table of the migrated database, in the words of the schema. */
async function migratedTable(table: string): Promise<SchemaTable> {
  const columns = await store.db.query<SchemaTable['columns'][number]>(
    `select column_name as name, udt_name as type, is_nullable = 'YES' as nullable,
       column_default is not null or is_identity = 'YES' as "hasDefault"
     from information_schema.columns where table_schema = 'public' and table_name = $1 order by ordinal_position`,
    [table],
  );
  const keys = await store.db.query<SchemaTable['keys'][number]>(
    `select lower(c.constraint_type) as kind, array_agg(k.column_name::text order by k.ordinal_position) as columns,
       f.table_name::text as "references", lower(r.delete_rule) as "onDelete"
     from information_schema.table_constraints c
     join information_schema.key_column_usage k using (constraint_schema, constraint_name)
     left join information_schema.referential_constraints r using (constraint_schema, constraint_name)
     left join information_schema.table_constraints f
       on f.constraint_schema = r.unique_constraint_schema and f.constraint_name = r.unique_constraint_name
     where c.table_schema = 'public' and c.table_name = $1
     group by c.constraint_name, c.constraint_type, f.table_name, r.delete_rule`,
    [table],
  );
  return { columns, keys };
}

test('the schema tells of the tables that Prisma is used for', () => {
  assert.deepEqual([...wished.keys()].sort(), [
    ...['access_session', 'access_user', 'admin_link', 'api_token', 'audit', 'host_identity'],
    ...['join_token', 'used_assertion'],
  ]);
});

for (const [table, { columns, keys }] of wished) {
  test(`${table} is as Prisma believes: columns, types, null, defaults and keys`, async () => {
    const migrated = await migratedTable(table);
    assert.ok(migrated.columns.length > 0, 'there is such a table');
    const byName = (list: SchemaTable['columns']) => list.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    assert.deepEqual(byName(columns), byName(migrated.columns));
    const inOrder = (list: SchemaTable['keys']) => list.map((key) => JSON.stringify(key)).sort();
    assert.deepEqual(inOrder(keys), inOrder(migrated.keys));
  });
}
