import "@shopify/ui-extensions";

declare module "./src/order-status.tsx" {
  const shopify: import("@shopify/ui-extensions/customer-account.order-status.block.render").Api;
}

declare module "./src/return-details.tsx" {
  const shopify: import("@shopify/ui-extensions/customer-account.order-status.return-details.render-after").Api;
}

declare module "./src/menu-item.tsx" {
  const shopify: import("@shopify/ui-extensions/customer-account.order.action.menu-item.render").Api;
}

declare module "./src/action.tsx" {
  const shopify: import("@shopify/ui-extensions/customer-account.order.action.render").Api;
}
