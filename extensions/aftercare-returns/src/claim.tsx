import { useState } from "preact/hooks";
import { ask } from "../../shared/ask.js";
import type { ClaimAnswer, ClaimLine, MoneyAnswer, ParcelAnswer } from "../../shared/contract/types.js";
import { say, type Shopify } from "../../shared/host.js";
import { addressOf } from "../../shared/places.js";
import { Answered, Trouble } from "../../shared/states.js";
import { Texts } from "../../shared/texts.js";
import { useAnswer } from "../../shared/use-answer.js";
import { Rows } from "./rows.js";
import { useSending } from "./use-sending.js";

/** Where a claim stands: what happened, money, parcels, lines, and the way to its own page for everything else. */
export function Claim({ shopify, id }: { shopify: Shopify; id: string }) {
  const asked = useAnswer(() => ask<ClaimAnswer>(shopify, `account/claims/${encodeURIComponent(id)}`), id);
  const [cancelled, keep] = useState<ClaimAnswer | null>(null);
  return (
    <s-page heading={asked.answer?.title ?? ""}>
      <s-link slot="breadcrumb-actions" href={addressOf({ kind: "orders" })}>
        {say(shopify, "claim.orders.heading")}
      </s-link>
      <Answered shopify={shopify} asked={asked} lines={5}>
        {(answer) => <Standing shopify={shopify} claim={cancelled ?? answer} keep={keep} />}
      </Answered>
    </s-page>
  );
}

interface Props {
  readonly shopify: Shopify;
  readonly claim: ClaimAnswer;
  readonly keep: (claim: ClaimAnswer) => void;
}

function Standing({ shopify, claim, keep }: Props) {
  const { words } = claim;
  return (
    <s-stack gap="large">
      <Happened claim={claim} />
      {claim.money.length ? (
        <s-section heading={words.money}>
          {claim.money.map((money, no) => (
            <Money key={no} money={money} />
          ))}
        </s-section>
      ) : null}
      {claim.parcels.length ? (
        <s-section heading={words.back}>
          {claim.parcels.map((parcel, no) => (
            <Parcel key={no} parcel={parcel} />
          ))}
        </s-section>
      ) : null}
      {claim.lines.map((line, no) => (
        <Line key={no} line={line} />
      ))}
      <s-link href={claim.page.url} target="_blank">
        {claim.page.text}
      </s-link>
      {claim.can_cancel ? <Cancel shopify={shopify} claim={claim} keep={keep} /> : null}
    </s-stack>
  );
}

function Happened({ claim }: { claim: ClaimAnswer }) {
  return (
    <s-section heading={claim.words.happened}>
      <s-stack gap="base" accessibilityRole="ordered-list">
        {claim.happened.map(({ at, title, text }, no) => (
          <s-stack key={no} gap="none" accessibilityRole="list-item">
            <s-text type="strong">{title}</s-text>
            <Texts texts={[text]} />
            <Texts texts={[at]} isQuiet />
          </s-stack>
        ))}
      </s-stack>
      <Texts texts={[claim.answer_by]} />
    </s-section>
  );
}

function Money({ money }: { money: MoneyAnswer }) {
  return (
    <s-stack gap="small-100">
      <Rows rows={money.rows} />
      <s-text>{money.text}</s-text>
    </s-stack>
  );
}

function Parcel({ parcel }: { parcel: ParcelAnswer }) {
  return (
    <s-stack gap="small-100">
      <Texts texts={[parcel.text]} />
      {parcel.papers.map(({ text, url }) => (
        <s-button key={url} href={url} target="_blank">
          {text}
        </s-button>
      ))}
      <s-text type="address">{parcel.address.join(", ")}</s-text>
      {parcel.tracking_url ? (
        <s-link href={parcel.tracking_url} target="_blank">
          {parcel.tracking}
        </s-link>
      ) : (
        <s-text>{parcel.tracking}</s-text>
      )}
      <s-ordered-list>
        {parcel.rules.map((rule, no) => (
          <s-list-item key={no}>{rule}</s-list-item>
        ))}
      </s-ordered-list>
    </s-stack>
  );
}

function Line({ line }: { line: ClaimLine }) {
  return (
    <s-section heading={line.title}>
      <s-stack gap="small-100">
        <s-text type="strong">{line.decision}</s-text>
        <Texts texts={[line.reason, line.difference, ...line.refusal]} />
        {line.pay ? (
          <s-button href={line.pay.url} target="_blank">
            {line.pay.text}
          </s-button>
        ) : null}
      </s-stack>
    </s-section>
  );
}

/** Asked once, with what it does. */
function Cancel({ shopify, claim, keep }: Props) {
  const { isUnderWay, fault, send } = useSending();
  const path = `account/claims/${encodeURIComponent(claim.id)}/cancel`;
  const cancel = async (): Promise<void> => keep(await ask<ClaimAnswer>(shopify, path, { method: "POST" }));
  return (
    <s-details>
      <s-summary>{claim.words.cancel}</s-summary>
      <s-stack gap="base">
        {fault ? <Trouble shopify={shopify} fault={fault} /> : null}
        <s-text>{claim.words.cancel_text}</s-text>
        <s-button tone="critical" loading={isUnderWay} onClick={() => send(cancel)}>
          {claim.words.cancel}
        </s-button>
      </s-stack>
    </s-details>
  );
}
