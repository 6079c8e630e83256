// Figures of a kept run laid over those of a view: where the run knows what the view only waits for.

/** Return a value with what the headline of its own run knows besides: the range, where it waited for the run. */
export function withRun(value, headline) {
  if (!value || !headline || value.interval || !value.interval_waits) return value;
  const range = headline.saldo_mio_kr?.employment_effect;
  if (!Number.isFinite(range?.low) || !Number.isFinite(range?.high)) return value;
  const { low, high } = headline.converted ?? {};
  const interval = {
    low: range.low, high: range.high, share: 0.95, called: headline.knowledge?.called ?? "span",
    sign: headline.knowledge?.sign, drawn: [], draws: headline.draws, simulated: true,
    converted: Number.isFinite(low) ? [low, high] : null,
  };
  return { ...value, interval, interval_waits: false };
}

/** Return the figures of the kept run that was opened, as long as nothing is simulated or nothing is known. */
export function withKept(value, headline) {
  if (!headline || (value && value.state !== "control")) return value;
  const mean = (found) => (typeof found === "number" ? found : found?.mean ?? null);
  const figures = {
    ...value?.figures,
    employment_effect_mio_kr: mean(headline.saldo_mio_kr?.employment_effect),
    converted: mean(headline.converted),
    person_years: mean(headline.full_time_person_years),
    kr_per_conversation: mean(headline.kr_per_converted_conversation),
  };
  const published = headline.published ?? null;
  const kept = { published, ...value, figures, state: "kept", interval_waits: true, interval: null };
  return withRun({ ...kept, sentence: "", chain: null }, headline); // those of the control say another number
}
