import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { AgentView } from '@streamswarm/contract';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { LOGIN_SIGHTS, SIGHTS, type Sight, sightUrl } from '../support/sights.ts';

const SIZES = [
  { name: 'desk', width: 1_440, height: 900 },
  { name: 'tablet', width: 768, height: 1_024 },
  { name: 'phone', width: 390, height: 844 },
] as const;
/** As a person who has compared the fingerprint of an own certificate and goes on. */
const STRANGER = { ignoreHTTPSErrors: true } as const;
const SCHEMES = ['light', 'dark'] as const;
/** What charts and images need once everything is there. */
const SETTLE_MS = 700;
/** A sheet shows no more of a long page than this. */
const SHEET_HEIGHT = 1_500;

const ALL_SIGHTS = [...SIGHTS, ...LOGIN_SIGHTS];

interface Session {
  /** The name of one. */
  readonly agent: string;
  readonly storageState: Awaited<ReturnType<BrowserContext['storageState']>>;
}

const USAGE = `Usage: npm run pictures -- --server URL [--user NAME --password PASSWORD] [--out FOLDER] [SIGHT...]

Pictures of every screen of a console that runs, at three sizes, light and dark, for people to look at. Each sight
gets a sheet SIGHT.png with its six pictures. A server that asks for a login needs --user and --password.
Sights: ${SIGHTS.map(({ name }) => name).join(', ')}
Where a login is needed also: ${LOGIN_SIGHTS.map(({ name }) => name).join(', ')}
`;

const { values, positionals } = parseArgs({
  options: {
    server: { type: 'string' },
    user: { type: 'string' },
    password: { type: 'string', default: '' },
    out: { type: 'string', default: 'pictures' },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => ALL_SIGHTS.every((sight) => sight.name !== name));
if (values.help || values.server === undefined || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`no such sight: ${unknown.join(', ')}\n`);
  process.stdout.write(USAGE);
  process.exit(values.help ? 0 : 2);
}

const server = values.server.replace(/\/$/, '');
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
const browser = await launchBrowser();
const { agent, storageState } = await logIn(browser);
for (const sight of values.user === undefined ? SIGHTS : ALL_SIGHTS) {
  if (positionals.length > 0 && !positionals.includes(sight.name)) continue;
  const sheet = await sheetOf(browser, sight);
  writeFileSync(join(out, `${sight.name}.png`), sheet);
  process.stderr.write(`${sight.name}\n`);
}
await browser.close();

/** The cookies of who looks: none where no login is needed. */
async function logIn(on: Browser): Promise<Session> {
  const context = await on.newContext(STRANGER);
  if (values.user !== undefined) {
    const answer = await context.request.post(`${server}/api/v1/login`, {
      data: { name: values.user, password: values.password },
      // As a page of the product itself: others may not log anybody in.
      headers: { origin: server },
    });
    if (!answer.ok()) throw new Error(`the login was refused: ${await answer.text()}`);
  }
  const agents = await context.request.get(`${server}/api/v1/agents`);
  const { items } = (await agents.json()) as { items: AgentView[] };
  const storageState = await context.storageState();
  await context.close();
  return { agent: items[0]?.name ?? '', storageState };
}

async function sheetOf(browser: Browser, sight: Sight): Promise<Buffer> {
  const rows: string[] = [];
  for (const colorScheme of SCHEMES) {
    const pictures: string[] = [];
    for (const { width, height } of SIZES) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        reducedMotion: 'reduce',
        ...STRANGER,
        ...(sight.asStranger === true ? {} : { storageState }),
      });
      const page = await context.newPage();
      await page.goto(sightUrl(server, sight, agent));
      await sight.ready?.(page);
      await page.waitForTimeout(SETTLE_MS);
      const picture = await page.screenshot({ fullPage: true });
      pictures.push(`<img width="${width}" src="data:image/png;base64,${picture.toString('base64')}">`);
      await context.close();
    }
    rows.push(`<div>${pictures.join('')}</div>`);
  }
  const width = SIZES.reduce((sum, size) => sum + size.width + 8, 8);
  const page = await browser.newPage({ viewport: { width, height: 100 } });
  await page.setContent(
    `<style>body { margin: 8px; background: #888 } div { display: flex; gap: 8px; margin-bottom: 8px; align-items: start;
     max-height: ${SHEET_HEIGHT}px; overflow: hidden }</style>${rows.join('')}`,
  );
  const sheet = await page.screenshot({ fullPage: true });
  await page.close();
  return sheet;
}
