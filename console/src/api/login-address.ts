/** The page that asks who somebody is. */
export const LOGIN_PAGE = '/login/';

/** Where a page goes whose requests are not answered without a login; it leads back afterwards. */
export function loginAddress(path: string): string {
  return isLoginPage(path) || path === '/' ? LOGIN_PAGE : `${LOGIN_PAGE}?next=${encodeURIComponent(path)}`;
}

export function isLoginPage(path: string): boolean {
  return path.startsWith('/login');
}

/** The page of ours that `next` names, or the first one: a link must not lead from the login to another site. */
export function pageAfterLogin(next: string | null, origin: string): string {
  if (next === null || !URL.canParse(next, origin)) return '/';
  const url = new URL(next, origin);
  return url.origin === origin && !isLoginPage(url.pathname) ? `${url.pathname}${url.search}` : '/';
}
