import type { Page } from 'playwright-core';

/** Whether an error on the browser's console is one that the test asks for: its text, and the address it came from. */
export type IsMeant = (text: string, url: string) => boolean;

/** Writes down every error that a page throws or the browser reports of it: none is right, but for what is meant. */
export function noteComplaints(page: Page, complaints: string[], isMeant: IsMeant = () => false): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error}`));
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() !== 'error' || isMeant(message.text(), url)) return;
    complaints.push(`${page.url()}: ${message.text()} ${url}`);
  });
}
