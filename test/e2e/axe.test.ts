import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Accounting, AgentView } from '@streamswarm/contract';
import type { Browser } from 'playwright-core';
import { graveFindings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Product, startProduct } from '../support/product.ts';
import { SIGHTS, sightUrl } from '../support/sights.ts';
import { waitUntil } from '../support/wait-until.ts';

let product: Product;
let browser: Browser;
let agent = '';

before(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  await waitUntil('the first samples', async () => {
    const books = (await (await fetch(`${product.url}/api/v1/accounting`)).json()) as Accounting;
    return books.ok > 10;
  });
  const list = (await (await fetch(`${product.url}/api/v1/agents`)).json()) as { items: AgentView[] };
  agent = list.items[0]?.name ?? '';
});
after(async () => {
  await browser?.close();
  await product?.stop();
});

for (const scheme of ['light', 'dark'] as const) {
  for (const width of [1_440, 390]) {
    test(`${scheme}, ${width} px wide: nothing grave, and nothing wider than the window`, {
      timeout: 600_000,
    }, async () => {
      const wrong: string[] = [];
      const context = await browser.newContext({
        viewport: { width, height: width === 390 ? 844 : 900 },
        colorScheme: scheme,
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(30_000);
      for (const sight of SIGHTS) {
        const { name, ready } = sight;
        const page = await context.newPage();
        await page.goto(sightUrl(product.url, sight, agent));
        await page.getByRole('heading').first().waitFor();
        await ready?.(page);
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
        if (over > 0) wrong.push(`${name}: ${over} px too wide`);
        wrong.push(...(await graveFindings(page)).map((finding) => `${name}: ${finding}`));
        await page.close();
      }
      await context.close();
      assert.deepEqual(wrong, []);
    });
  }
}
