/** The query string with some parameters set, or taken away where the value is null or empty. */
export function changedQuery(
  query: URLSearchParams,
  changes: Readonly<Record<string, string | null>>,
): string {
  const next = new URLSearchParams(query);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(key);
    else next.set(key, value);
  }
  // A name such as shop/edge and a list of names stay readable in the address bar.
  return next.toString().replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',');
}

/** A path of the API with the parameters that have a value. */
export function withParameters(
  path: string,
  parameters: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') query.set(key, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** `shop/edge`: how a test is named in addresses and as a key. */
export function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

/** Namespace and name out of `shop/edge`, or null. */
export function splitTestName(text: string | null): { namespace: string; name: string } | null {
  const [namespace, name, more] = (text ?? '').split('/');
  return namespace && name && more === undefined ? { namespace, name } : null;
}
