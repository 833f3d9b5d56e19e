import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { graveFindings } from '../support/axe.ts';
import { type ConsoleVisit, visitConsole } from '../support/console-visit.ts';

let visit: ConsoleVisit;

before(async () => {
  visit = await visitConsole();
});
after(async () => {
  assert.equal(await visit?.end(), 0, 'it ends well when asked to');
});

async function post<T>(path: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${visit.product.url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 200);
  return (await answer.json()) as T;
}

test('what a script submitted is shown as that, and counted nowhere', { timeout: 90_000 }, async () => {
  const client = await post<{ client_id: number }>('/api/client/register', {
    hostname: 'client-01',
    ip_address: '192.168.1.50',
  });
  const made = await post<{ test_id: number }>('/api/test/create', {
    name: 'Only a script',
    destination: '127.0.0.1',
    client_ids: [client.client_id],
  });
  await post('/api/test/results', {
    client_id: client.client_id,
    test_id: made.test_id,
    timestamp: '2025-01-01T12:00:00',
    ping_latency: 15.3,
    traceroute_data: [{ hop: 1 }],
    cpu_percent: null,
  });
  const page = await visit.open('/tests/view/?test=default/only-a-script');
  const region = page.getByRole('region', { name: 'Submitted by scripts, not measured by StreamSwarm' });
  const row = region.getByRole('listitem');
  await row.waitFor();
  await region.getByText(/In none of the numbers on this page\. The newest 1 of 1/).waitFor();
  for (const words of ['client-01', 'by local user', 'ping_latency 15.3', 'cpu_percent —', '[{"hop":1}]'])
    assert.ok((await row.textContent())?.includes(words), words);
  assert.match((await page.getByRole('contentinfo').textContent()) ?? '', /scheduled\s*0/);
  for (const [colorScheme, width] of [
    ['light', 1_440],
    ['dark', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await graveFindings(page), [], `axe, ${colorScheme}`);
    assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')) <= 0);
  }
  await page.goto(`${visit.product.url}/tests/view/?test=default/hello`);
  await page.getByRole('region', { name: 'State' }).waitFor();
  assert.equal(await region.count(), 0, 'a test without any does not speak of them');
  await page.close();
});

test('no page complained', () => {
  assert.deepEqual(visit.complaints, []);
});
