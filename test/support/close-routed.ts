import type { Page } from 'playwright-core';

/**
 * Closes a page for which the test itself answers requests. The page goes on asking until it is gone: an answer that is
 * on its way then is nobody's failure.
 */
export async function closeRouted(page: Page): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.close();
}
