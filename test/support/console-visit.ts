import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { noteComplaints } from './complaints.ts';
import { type Product, startProduct } from './product.ts';

/** The whole product with a browser beside it. */
export interface ConsoleVisit {
  readonly product: Product;
  /** Of the console on a literal address: no name of it has to be looked up. */
  readonly address: string;
  /** What pages said of errors: none is right, refusals that are meant aside. */
  readonly complaints: string[];
  open(path: string): Promise<Page>;
  json<T>(path: string): Promise<T>;
  /** The exit code of the product. */
  end(): Promise<number | null>;
}

/** `refused` are answers that a test asks for, by their status: a browser reports each as an error. */
export async function visitConsole({
  refused = [],
}: {
  refused?: readonly number[];
} = {}): Promise<ConsoleVisit> {
  const product = await startProduct();
  const browser = await launchBrowser().catch(async (error: unknown) => {
    // A browser that did not start must not leave the product running.
    await product.stop();
    throw error;
  });
  const complaints: string[] = [];
  return {
    product,
    address: `http://127.0.0.1:${new URL(product.url).port}`,
    complaints,
    open: (path) => openPage(browser, { url: `${product.url}${path}`, complaints, refused }),
    json: async <T>(path: string) => (await (await fetch(`${product.url}${path}`)).json()) as T,
    async end() {
      await browser.close();
      return product.stop();
    },
  };
}

interface Opening {
  readonly url: string;
  readonly complaints: string[];
  readonly refused: readonly number[];
}

async function openPage(browser: Browser, { url, complaints, refused }: Opening): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 }, acceptDownloads: true });
  page.setDefaultTimeout(60_000);
  noteComplaints(page, complaints, (text) => refused.some((status) => text.includes(`status of ${status}`)));
  await page.goto(url);
  return page;
}
