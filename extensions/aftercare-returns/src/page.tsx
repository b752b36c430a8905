import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { placeAt, type Place } from "../../shared/places.js";
import { Claim } from "./claim.js";
import { Order } from "./order.js";
import { Orders } from "./orders.js";
import { Withdrawal } from "./withdrawal.js";

export default async function extension(): Promise<void> {
  render(<Page />, document.body);
}

function Page() {
  const place = usePlace();
  switch (place.kind) {
    case "orders":
      return <Orders shopify={shopify} />;
    case "order":
      return <Order key={place.id} shopify={shopify} id={place.id} />;
    case "withdrawal":
      return <Withdrawal key={place.id} shopify={shopify} order={place.id} />;
    case "claim":
      return <Claim key={place.id} shopify={shopify} id={place.id} />;
  }
}

/** Where the account's address bar stands, the browser's own way back included. */
function usePlace(): Place {
  const read = (): string => navigation.currentEntry?.url ?? "";
  const [address, see] = useState(read);
  useEffect(() => {
    const look = (): void => see(read());
    navigation.addEventListener("currententrychange", look);
    return () => navigation.removeEventListener("currententrychange", look);
  }, []);
  return placeAt(address);
}
