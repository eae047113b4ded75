// Ways to pages that only a person's deeds lead to: what is pressed, typed and brought on the way.
import { fileURLToPath } from 'node:url';

/** @typedef {import('playwright-core').Page} Page */

/** Presses a button of a form as it stands: what the browser would hold back, the server answers. @param {Page} page @param {string} selector */
export async function press(page, selector) {
  await page.evaluate(() => { for (const form of document.forms) form.noValidate = true; });
  await Promise.all([page.waitForEvent('load'), page.locator(selector).first().evaluate((it) => it.click())]);
}

/** @param {string} selector */
export const follow = (selector) => async (/** @type {Page} */ page) => {
  const href = await page.locator(selector).first().getAttribute('href');
  await page.goto(href ?? '');
};

/** @param {string} selector */
export const pressing = (selector) => (/** @type {Page} */ page) => press(page, selector);

/** From a figure down to what a village sent. @param {Page} page */
export async function openSubmission(page) {
  for (let depth = 0; depth < 2; depth += 1) await follow('section[aria-labelledby=contributions] tbody td a')(page);
  await follow('section[aria-labelledby=submissions] tbody th a')(page);
}

/** @param {Page} page */
export async function openPhoneForm(page) {
  await page.locator('.tasks a').first().click();
  await page.locator('.entry .figure input').first().waitFor();
}

/** Opens the form of a difficulty on the page that needs no network. @param {Page} page */
export async function openPhoneDifficulty(page) {
  await page.locator('a[href="#/difficulty"]').click();
  await page.locator('#trouble').waitFor();
}

/** @param {Page} page */
export async function sendLetters(page) {
  await follow('main a[href^="/entry/forms/"]')(page);
  await page.locator('.entry .figure input').first().fill('x');
  await press(page, 'form.entry button[value=send]');
}

/** @param {Page} page */
export async function sendLettersInTable(page) {
  await follow('main a[href^="/grid/forms/"]')(page);
  await page.locator('.grid tbody td input:not([type=hidden])').first().fill('x');
  await press(page, 'form.grid button[value=send]');
}

/** @param {Page} page */
export async function lookAtWorkbook(page) {
  await follow('main a[href^="/grid/forms/"]')(page);
  const [workbook] = await Promise.all([page.waitForEvent('download'), page.locator('.workbook a.button').click()]);
  await page.locator('.workbook input[type=file]').setInputFiles(await workbook.path());
  await press(page, '.workbook .upload button');
}

/** @param {Page} page */
export async function sendNoWorkbook(page) {
  await follow('main a[href^="/grid/forms/"]')(page);
  const file = { name: 'bieu.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('không phải biểu') };
  await page.locator('.workbook input[type=file]').setInputFiles(file);
  await press(page, '.workbook .upload button');
}

/** @param {Page} page */
export async function askPalette(page) {
  await page.keyboard.press('Control+k');
  await page.locator('.palette input').fill('van lang');
  await page.locator('.palette [role=option]').first().waitFor();
}

/** @param {Page} page */
export async function lookAtVersion(page) {
  await follow('main a[href^="/forms/"]')(page);
  await page.locator('form.fields input[type=date]').first().fill('2030-01-01');
  await press(page, 'button[value=preview]');
}

/** @param {Page} page */
export async function writeBrokenVersion(page) {
  await follow('main a[href^="/forms/"]')(page);
  await page.locator('main textarea').first().fill('không phải chỉ số');
  await press(page, 'button[value=preview]');
}

/** @param {Page} page */
export async function stepWithoutReason(page) {
  await follow('main .tasks a[href^="/tasks/"]')(page);
  await press(page, '.acts details form button');
}

/** Writes a draft down and opens the form that writes it over. @param {Page} page */
export async function openDraft(page) {
  await page.locator('#work').fill('Dự thảo xem thử');
  await page.locator('#lead_codes').fill('06124');
  await page.locator('#deadline').fill('2099-12-31');
  await press(page, 'form[action="/tasks/new"] button[value=draft]');
  await follow('main a[href$="/edit"]')(page);
}

/** @param {Page} page */
export async function saveUnclearDraft(page) {
  await openDraft(page);
  await press(page, 'form button[value=give]');
}

/** Ticks all tasks of the page and looks at what they can do. @param {Page} page */
export async function chooseTasks(page) {
  await follow('a[href*="tick=all"]')(page);
  await press(page, '.ticking button');
}

/** @param {Page} page */
export async function chooseAndSayNothing(page) {
  await chooseTasks(page);
  await press(page, '.acts details form button');
}

/** Asks of all chosen tasks what none of them can take. @param {Page} page */
export async function extendChosenIntoThePast(page) {
  await chooseTasks(page);
  await openAll(page);
  const extend = '.acts details form:has(input[value=extend])';
  await page.locator(extend).evaluate((form) => { /** @type {HTMLFormElement} */ (form).noValidate = true; });
  await page.locator(`${extend} input[type=date]`).fill('2020-01-01');
  await page.locator(`${extend} textarea`).fill('Mưa lũ');
  await press(page, `${extend} button`);
}

/** @param {string} product */
export const lookAtTasks = (product) => async (/** @type {Page} */ page) => {
  const rows = `work,product,responsibility,authority,lead_units,deadline\nXem thử,${product},Đủ,Chủ động,06124,31/12/2099\n`;
  await page.locator('#list').setInputFiles({ name: 'viec.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
  await press(page, 'main form button');
};

/** @param {Page} page */
export async function badDays(page) {
  await page.locator('#offsets-task').fill('mỗi tuần');
  await press(page, 'main form button');
}

/** Types a mail address without a domain of the internet. @param {Page} page */
export async function badMail(page) {
  await page.locator('#mail').fill('can.bo@nasam');
  await press(page, '#mail >> xpath=ancestor::form >> button');
}

/** Adds a webhook to an address. @param {string} address */
export const addHook = (address) => async (/** @type {Page} */ page) => {
  await page.locator('#address').fill(address);
  await press(page, '#address >> xpath=ancestor::form >> button');
};

/** Types a rule of hot spots that is none. @param {Page} page */
export async function badRule(page) {
  await page.locator('#least-overdue').fill('vài ngày');
  await press(page, '#least-overdue >> xpath=ancestor::form >> button');
}

/** Opens everything that can be opened. @param {Page} page */
export async function openAll(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
}

/** Types a title with a mark of secrecy. @param {Page} page */
export async function writeSecret(page) {
  await page.locator('#title_vi').fill('Tối mật: kế hoạch diễn tập');
  await press(page, 'form[action="/directives/ct-05/edit"] button');
}

/** Uploads a file that is none of those that are kept. @param {Page} page */
export async function keepNothingKnown(page) {
  const file = { name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('không phải PDF') };
  await page.locator('#file').setInputFiles(file);
  await press(page, '.files > form button');
}

/** Brings such a file as the product of a task. @param {Page} page */
export async function keepNothingKnownOfTask(page) {
  await follow('main a[href^="/tasks/"]')(page);
  await keepNothingKnown(page);
}

/** Uploads a document and shows what can be done with it. @param {Page} page */
export async function keepFile(page) {
  const document = fileURLToPath(new URL('../tests/documents/ke-hoach.docx', import.meta.url));
  const files = page.locator('.files > ul > li');
  if (await files.count() === 0) {
    await page.locator('#file').setInputFiles(document);
    await press(page, '.files > form button');
  }
  await files.locator('summary').first().click();
}

/** @param {string} role */
export const listPeople = (role) => async (/** @type {Page} */ page) => {
  const header = 'Tên đăng nhập\tHọ tên\tVai trò\tMã đơn vị\n';
  await page.locator('#list').fill(`${header}xem-thu\tNgười xem thử\t${role}\t182\n`);
  await press(page, 'main form.fields button');
};

/** @param {Page} page */
export async function printCardsOfList(page) {
  const header = 'Tên đăng nhập\tHọ tên\tVai trò\tMã đơn vị\n';
  await page.locator('#list').fill(`${header}xem-${Date.now()}\tNgười xem thử\tLãnh đạo\t182\n`);
  await press(page, 'main form.fields button');
  await press(page, 'main button.main');
}

/** @param {Page} page */
export async function carryBroken(page) {
  await page.locator('#text').fill('không phải bản sao');
  await press(page, 'form.fields button.main');
}

/** @param {Page} page */
export async function openReasons(page) {
  await follow('main a[href^="/review/"]')(page);
  await page.locator('summary[data-key=r]').click();
  await page.locator('#reason').waitFor();
}

/** @param {Page} page */
export async function returnWithoutReason(page) {
  await openReasons(page);
  await press(page, 'form[action$="/return"] button');
}

/** @param {Page} page */
export async function openLock(page) {
  await page.locator('#lock ~ details summary').click();
  await page.locator('#lock-reason').waitFor();
}

/** @param {Page} page */
export async function makeNobody(page) {
  await page.locator('#name').fill('Người xem thử');
  await page.locator('#login').fill('quantri');
  await press(page, 'form[action="/accounts"] button');
}

/** Makes an account of its own. @param {Page} page */
export async function printCard(page) {
  const login = `xem-${Date.now()}`;
  await page.locator('#name').fill('Người xem thử');
  await page.locator('#login').fill(login);
  await page.locator('#role').selectOption('reporter');
  await page.locator('#unit').fill('06178-02');
  await press(page, 'form[action="/accounts"] button');
  return login;
}

/** @param {Page} page */
export async function printCardAgain(page) {
  const login = await printCard(page);
  const line = page.locator('.lines > li', { has: page.getByText(login, { exact: true }) });
  await page.goto('/accounts');
  await Promise.all([page.waitForEvent('load'), line.locator('form[action$="/invite"] button').click()]);
}

/** @param {Page} page */
export async function confirmWrongly(page) {
  await page.locator('#code').fill('000000');
  await page.locator('#proof').fill('không phải mật khẩu');
  await press(page, 'form[action="/account/one-time-codes"] button');
}

/** Ends a priority and writes nothing but blanks as the reason. @param {Page} page */
export async function endWithoutReason(page) {
  await openAll(page);
  await page.locator('#because').fill(' ');
  await press(page, 'section[aria-labelledby=retire] button');
}

/** Brings something that is no picture. @param {Page} page */
export async function bringNoPicture(page) {
  await openAll(page);
  await page.locator('#photo').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('MZ') });
  await page.locator('#side').selectOption('after');
  await page.locator('#caption').fill('Chợ mới');
  await press(page, '.pictures button.main');
}

/** Declines a proposal without naming a document. @param {Page} page */
export async function decideWithoutDocument(page) {
  await page.locator('summary', { hasText: 'Không chọn' }).click();
  await page.locator('#decline-reason').fill('Chưa cấp bách');
  await press(page, 'form:has(input[value=decline]) button');
}
