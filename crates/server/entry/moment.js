// Instants as the pages of the server print them (`wording/periods`).

/**
 * The time and the day of an instant where the office is, wherever the phone thinks it is.
 * @param {number} moment in milliseconds
 * @param {string} zone the office's
 * @param {string} lang
 */
export function timeAndDay(moment, zone, lang) {
  const dateStyle = lang === 'vi' ? 'short' : 'long';
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle, timeStyle: 'short' });
  const [day, time] = format.format(moment).split(/, | at /);
  // A zero before days below 10 and before months 1 and 2 only, as the decree on documents wants it.
  return { time, day: day.replace(/\/0([3-9])\//, '/$1/') };
}
