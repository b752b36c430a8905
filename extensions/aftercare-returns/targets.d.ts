import "@shopify/ui-extensions";

declare module "./src/page.tsx" {
  const shopify: import("@shopify/ui-extensions/customer-account.page.render").Api;
}
