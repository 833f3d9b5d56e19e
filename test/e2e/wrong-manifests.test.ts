import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { type ConsoleVisit, visitConsole } from '../support/console-visit.ts';

let visit: ConsoleVisit;

before(async () => {
  visit = await visitConsole();
});
after(async () => {
  assert.equal(await visit?.end(), 0, 'it ends well when asked to');
});

interface Wrong {
  /** What a person does; the field that it was done to. */
  readonly act: (page: Page) => Promise<Locator>;
  readonly path: string;
  /** What is allowed, in words. */
  readonly says: RegExp;
}

const fill = async (field: Locator, text: string): Promise<Locator> => {
  await field.fill(text);
  return field;
};
const option = async (page: Page, of: string, name: RegExp, text: string): Promise<Locator> => {
  await page.getByRole('checkbox', { name: of }).check();
  await page.getByRole('button', { name: `Options of ${of}` }).click();
  return fill(page.getByLabel(name), text);
};

/** Each in a form that is right but for this. */
const WRONG: Readonly<Record<string, Wrong>> = {
  'a name with capitals and a space': {
    act: (page) => fill(page.getByLabel('Test name'), 'My Test'),
    path: 'metadata.name',
    says: /lower-case letters, digits and hyphens/,
  },
  'a host that is a URL': {
    act: (page) => fill(page.getByLabel('Address of destination 1'), 'http://127.0.0.1'),
    path: 'spec.destinations[0].host',
    says: /a host name or an IP address/,
  },
  'a URL without its scheme': {
    act: async (page) => {
      await page.getByLabel('Kind of destination 1').selectOption('url');
      return fill(page.getByLabel('Address of destination 1'), '127.0.0.1/health');
    },
    path: 'spec.destinations[0].url',
    says: /http:\/\/ or https:\/\//,
  },
  'a destination named with an underscore': {
    act: (page) => fill(page.getByLabel('Name of destination 1'), 'this_host'),
    path: 'spec.destinations[0].name',
    says: /lower-case letters, digits and hyphens/,
  },
  'an interval that is too short': {
    act: (page) => fill(page.getByLabel('Every spec.interval'), '100ms'),
    path: 'spec.interval',
    says: /between 1s and 24h, written like 5s/,
  },
  'a duration in words': {
    act: (page) => fill(page.getByLabel('For spec.duration'), 'an hour'),
    path: 'spec.duration',
    says: /between 1s and 8760h, written like 5s/,
  },
  'a cron line with an hour that never is': {
    act: async (page) => {
      await page.getByLabel('For spec.duration').fill('10m');
      return fill(page.getByLabel('Start spec.schedule'), '0 25 * * *');
    },
    path: 'spec.schedule.cron',
    says: /five cron fields such as/,
  },
  'more redirects than are followed': {
    act: (page) => option(page, 'http', /^follow/, '77'),
    path: 'spec.probes[2].http.follow',
    says: /at most 10/,
  },
  'a status that no answer has': {
    act: (page) => option(page, 'http', /^expectStatus/, '200, 99'),
    path: 'spec.probes[2].http.expectStatus[1]',
    says: /at least 100/,
  },
  'a mark that is no class': {
    act: (page) => option(page, 'icmp', /^dscp/, 'fast'),
    path: 'spec.probes[0].icmp.dscp',
    says: /0 to 63 or a class: be, ef/,
  },
  'a header with a space in its name': {
    act: (page) => option(page, 'http', /^headers/, 'X Trace: 1'),
    path: 'spec.probes[2].http.headers[0].name',
    says: /the name of a header field, such as x-check/,
  },
  'a name as long as none may be': {
    act: (page) => fill(page.getByLabel('Test name'), 'x'.repeat(64)),
    path: 'metadata.name',
    says: /at most 63 characters/,
  },
  'no name': {
    act: (page) => fill(page.getByLabel('Test name'), ''),
    path: 'metadata.name',
    says: /is required/,
  },
  'a namespace with an underscore': {
    act: (page) => fill(page.getByLabel('Namespace'), 'my_team'),
    path: 'metadata.namespace',
    says: /lower-case letters, digits and hyphens/,
  },
  'a host with a port': {
    act: (page) => fill(page.getByLabel('Address of destination 1'), '127.0.0.1:80'),
    path: 'spec.destinations[0].host',
    says: /without scheme, port or path/,
  },
  'two destinations of one name': {
    act: async (page) => {
      const first = await page.getByLabel('Name of destination 1').inputValue();
      await page.getByRole('button', { name: '+ Add destination' }).click();
      return fill(page.getByLabel('Name of destination 2'), first);
    },
    path: 'spec.destinations[1].name',
    says: /a name of its own/,
  },
  'a label that none can have': {
    act: async (page) => {
      await page.getByLabel('Kind of destination 1').selectOption('agents');
      return fill(page.getByLabel('Address of destination 1'), 'zone=b c');
    },
    path: 'spec.destinations[0].agents.matchLabels.zone',
    says: /a label value: letters, digits/,
  },
  'an interval without its unit': {
    act: (page) => fill(page.getByLabel('Every spec.interval'), '5'),
    path: 'spec.interval',
    says: /between 1s and 24h, written like 5s/,
  },
  'a duration below the interval': {
    act: async (page) => {
      await page.getByLabel('Every spec.interval').fill('30s');
      return fill(page.getByLabel('For spec.duration'), '10s');
    },
    path: 'spec.duration',
    says: /at least one interval/,
  },
  'runs without an end': {
    act: async (page) => {
      await page.getByLabel('Start spec.schedule').fill('0 2 * * *');
      return page.getByLabel('For spec.duration');
    },
    path: 'spec.duration',
    says: /needs a duration/,
  },
  'a start without its zone': {
    act: (page) => fill(page.getByLabel('Start spec.schedule'), '2026-12-01T09:00:00'),
    path: 'spec.schedule.startAt',
    says: /with its zone, such as 2026-12-01T09:00:00\+01:00/,
  },
  'a port beyond all ports': {
    act: (page) => option(page, 'tcp', /^port/, '70000'),
    path: 'spec.probes[2].tcp.port',
    says: /at most 65535/,
  },
  'a probe more often than the test': {
    act: async (page) => {
      await page.getByLabel('Every spec.interval').fill('10s');
      return option(page, 'icmp', /^every/, '5s');
    },
    path: 'spec.probes[0].icmp.every',
    says: /at least the interval/,
  },
  'a probe of a destination that is not there': {
    act: (page) => option(page, 'icmp', /^destinations/, 'nowhere'),
    path: 'spec.probes[0].destinations[0]',
    says: /the name of a destination of this test/,
  },
  'a resolver that is a name': {
    act: (page) => option(page, 'dns', /^resolver/, 'resolver.example'),
    path: 'spec.probes[2].dns.resolver',
    says: /IPv4 or IPv6 address/,
  },
};

for (const [name, { act, path, says }] of Object.entries(WRONG)) {
  test(`${name}: one message, at the field, that says what is allowed`, { timeout: 90_000 }, async () => {
    const page = await visit.open('/tests/new/?mode=form');
    await page.getByRole('button', { name: /^Create test/, disabled: false }).waitFor();
    const field = await act(page);
    await page.getByText('Fix 1 problem').waitFor();
    const messages = page.getByRole('main').getByRole('alert');
    const texts = await messages.allTextContents();
    assert.equal(texts.length, 1, texts.join(' | '));
    assert.ok(texts[0]?.startsWith(`${path}: `), texts[0]);
    assert.match(texts[0] ?? '', says);
    assert.ok(await page.getByRole('button', { name: /^Create test/ }).isDisabled());
    const [control, message] = [await field.boundingBox(), await messages.boundingBox()];
    assert.ok(control !== null && message !== null);
    const below = message.y - (control.y + control.height);
    assert.ok(below >= 0 && below < 30, `it stands ${below} px below its field`);
    await page.close();
  });
}

test('no page complained', () => {
  assert.deepEqual(visit.complaints, []);
});
