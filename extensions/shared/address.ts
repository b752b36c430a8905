declare const process: { readonly env: { readonly PUBLIC_URL: string } };

/**
 * Where this installation is: Shopify's CLI puts the address here when it builds; empty where it was built without one
 * (docs/decisions/2026-11-22-address-of-extensions.md).
 */
export function installation(): string {
  try {
    return process.env.PUBLIC_URL.replace(/\/$/, "");
  } catch {
    return "";
  }
}
