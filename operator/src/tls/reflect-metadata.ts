// @peculiar/x509 finds its parts by tsyringe, which refuses to load without the reflect-metadata polyfill. Its
// parts take no constructor arguments, so the metadata that is asked for is never there: two functions that say
// so are all of the polyfill that it needs. Must be imported before @peculiar/x509.
const nothing = (): undefined => undefined;

if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, { getMetadata: nothing, getOwnMetadata: nothing, defineMetadata: nothing });
}
