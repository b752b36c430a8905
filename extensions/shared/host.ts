/** What every target's `shopify` offers, as far as the extensions use it. */
export interface Shopify {
  readonly sessionToken: { get(): Promise<string> };
  readonly localization: { readonly language: { readonly value: { readonly isoCode: string } } };
  readonly i18n: { translate(key: string, facts?: Record<string, string | number>): string };
}

/** A label of the extension's own, by its key in the project's catalogues; tools/extension_words.py writes its locales. */
export function say(shopify: Shopify, key: string, facts: Record<string, number> = {}): string {
  return shopify.i18n.translate(key.replaceAll(".", "_"), facts);
}

/** The figures at the end of one of Shopify's global ids, which is how our server is told of it. */
export function figures(id: string): string {
  return /\d+$/.exec(id)?.[0] ?? "";
}
