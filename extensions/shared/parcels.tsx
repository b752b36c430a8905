import type { TrackedParcel, StepAnswer, TrackingAnswer, TrackingWords } from "./contract/types.js";
import { Listed, Texts } from "./texts.js";
import { Fold } from "./windows.js";

/** Where an order's parcels are; what the carrier wrote, what is in them and what to know of customs unfold. */
export function Parcels({ tracking }: { tracking: TrackingAnswer }) {
  const isOne = tracking.parcels.length === 1;
  return (
    <s-stack gap="large">
      {tracking.parcels.map((parcel) => (
        <Parcel key={parcel.id} parcel={parcel} words={tracking.words} isOne={isOne} />
      ))}
      {tracking.page ? (
        <s-link href={tracking.page.url} target="_blank">
          {tracking.page.text}
        </s-link>
      ) : null}
    </s-stack>
  );
}

/** One parcel; of a single one the heading has said the state. Customs come first while they hold it. */
function Parcel({ parcel, words, isOne }: { parcel: TrackedParcel; words: TrackingWords; isOne: boolean }) {
  const customs = <Customs parcel={parcel} name={words.customs} />;
  const raw = parcel.steps.flatMap((step) => step.raw.map((text) => `${step.when}: ${text}`));
  return (
    <s-stack gap="small-100">
      <Texts texts={[parcel.title]} isQuiet />
      {isOne ? null : <s-heading>{parcel.headline}</s-heading>}
      {parcel.expected || parcel.since ? <s-text type="strong">{parcel.expected || parcel.since}</s-text> : null}
      <Texts texts={[parcel.expected_by, parcel.text]} isQuiet />
      {parcel.customs?.is_held ? customs : null}
      {parcel.steps.length ? <Steps steps={parcel.steps} name={words.steps} /> : null}
      {parcel.customs?.is_held ? null : customs}
      {raw.length ? <Fold name={words.raw} texts={raw} /> : null}
      {parcel.contents.length ? <Fold name={words.contents} texts={parcel.contents} /> : null}
      <Numbers parcel={parcel} />
    </s-stack>
  );
}

function Steps({ steps, name }: { steps: readonly StepAnswer[]; name: string }) {
  return (
    <s-stack gap="small-100">
      <s-text type="strong">{name}</s-text>
      <s-unordered-list>
        {steps.map((step, no) => (
          <s-list-item key={no}>
            <s-stack gap="none">
              <s-text type={step.is_current ? "strong" : "generic"}>{step.title}</s-text>
              <s-text color="subdued">{[step.when, step.place, step.source].filter(Boolean).join(" · ")}</s-text>
            </s-stack>
          </s-list-item>
        ))}
      </s-unordered-list>
    </s-stack>
  );
}

function Customs({ parcel, name }: { parcel: TrackedParcel; name: string }) {
  if (!parcel.customs) return null;
  const { lines, source, url, is_held } = parcel.customs;
  return (
    <s-stack gap="small-100">
      {is_held ? <Listed texts={lines} /> : <Fold name={name} texts={lines} />}
      {source && url ? (
        <s-link href={url} target="_blank">
          {source}
        </s-link>
      ) : null}
    </s-stack>
  );
}

/** What it goes under, and the carrier's own page. */
function Numbers({ parcel }: { parcel: TrackedParcel }) {
  return (
    <>
      {parcel.numbers.map(({ number, carrier, link, url }) => (
        <s-stack key={number} direction="inline" gap="small-100">
          <s-text>{[carrier, number].filter(Boolean).join(" ")}</s-text>
          {link && url ? (
            <s-link href={url} target="_blank">
              {link}
            </s-link>
          ) : null}
        </s-stack>
      ))}
    </>
  );
}
