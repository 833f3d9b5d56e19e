import type { Page } from 'playwright-core';

const MOST_TABS = 150;

/** Goes on with Tab until the focus is on what has that name; as a person would, and with no pointer. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab');
    const focused = await nameOfFocus(page);
    if (name.test(focused)) return;
    passed.push(focused);
  }
  throw new Error(
    `${MOST_TABS} times Tab did not lead to ${name}; it passed ${[...new Set(passed)].join(' | ')}`,
  );
}

const LONGEST_NAME = 120;

/** The name of what has the focus, as it is said of it. */
async function nameOfFocus(page: Page): Promise<string> {
  const text = await page.locator('*:focus').evaluateAll(([element]) => {
    if (element === undefined) return '';
    const [label] = 'labels' in element ? (element.labels as Iterable<{ textContent: string | null }>) : [];
    return element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent ?? '';
  });
  return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME);
}

/** Types over all that a field has. */
export async function typeOver(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}
