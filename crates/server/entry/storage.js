// What a phone keeps: everything encrypted, each account apart, gone when its person signs out.

/** @typedef {{ account: number, database: IDBDatabase, key: CryptoKey }} Storage */

const RECORDS = 'records';
const KEYS = 'keys';

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const answered = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/**
 * Does something to a database and waits until it is on disk.
 * @template T
 * @param {IDBDatabase} database
 * @param {string} store
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T>}
 */
function within(database, store, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode, { durability: 'strict' });
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

/**
 * @param {string} name
 * @param {string[]} stores
 */
async function database(name, stores) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => stores.forEach((store) => request.result.createObjectStore(store));
  const opened = await answered(request);
  // Another page that wipes everything must not wait for this one.
  opened.onversionchange = () => opened.close();
  return opened;
}

/** Whose forms this device carried last; none after signing out. */
export async function currentAccount() {
  const settings = await database('dotpha', ['settings']);
  const account = await within(settings, 'settings', 'readonly', (store) => store.get('account'));
  settings.close();
  return /** @type {number | undefined} */ (account);
}

/** @param {number} account */
export async function rememberAccount(account) {
  const settings = await database('dotpha', ['settings']);
  await within(settings, 'settings', 'readwrite', (store) => store.put(account, 'account'));
  settings.close();
}

/**
 * Opens what an account keeps here. The key never leaves the browser: it cannot be read, only used.
 * @param {number} account
 * @returns {Promise<Storage>}
 */
export async function open(account) {
  const opened = await database(`dotpha-${account}`, [RECORDS, KEYS]);
  let key = await within(opened, KEYS, 'readonly', (store) => store.get('key'));
  if (key === undefined) {
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    // Two pages may begin at once: the first key stays.
    await within(opened, KEYS, 'readwrite', (store) => store.add(made, 'key')).catch(() => undefined);
    key = await within(opened, KEYS, 'readonly', (store) => store.get('key'));
  }
  return { account, database: opened, key };
}

/**
 * @param {Uint8Array<ArrayBuffer>} iv
 * @param {string} name
 */
// A record is bound to its name, so that none can be put in another's place.
const cipher = (iv, name) => ({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) });

/**
 * A record as it lies on disk. No two are the same: each has an `iv` of its own.
 * @param {Storage} storage
 * @param {string} name
 * @param {unknown} value anything that has a JSON, or bytes
 */
async function seal({ key }, name, value) {
  const isBytes = value instanceof ArrayBuffer;
  const plain = isBytes ? value : new TextEncoder().encode(JSON.stringify(value));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt(cipher(iv, name), key, plain), isBytes };
}

/**
 * Keeps a record; done when it is on disk.
 * @param {Storage} storage
 * @param {string} name `kind/id`
 * @param {unknown} value
 */
export async function keep(storage, name, value) {
  const record = await seal(storage, name, value);
  await within(storage.database, RECORDS, 'readwrite', (store) => store.put(record, name));
}

/**
 * Changes a record that is there, whoever else writes meanwhile: what another page has written is not
 * written over, and what was removed stays removed.
 * @param {Storage} storage
 * @param {string} name
 * @param {(value: any) => any} make what becomes of it; nothing to remove it
 */
export async function change(storage, name, make) {
  for (let isDone = false; !isDone;) {
    const before = await within(storage.database, RECORDS, 'readonly', (store) => store.get(name));
    if (before === undefined) return;
    const value = make(await opened(storage, name, before));
    const after = value === undefined ? undefined : await seal(storage, name, value);
    await within(storage.database, RECORDS, 'readwrite', (store) => {
      const look = store.get(name);
      look.onsuccess = () => {
        isDone = `${look.result?.iv}` === `${before.iv}`;
        if (isDone && after === undefined) store.delete(name);
        else if (isDone) store.put(after, name);
      };
      return look;
    });
  }
}

/**
 * @param {Storage} storage
 * @param {string} name
 * @param {any} record
 */
async function opened({ key }, name, record) {
  if (record === undefined) return undefined;
  const plain = await crypto.subtle.decrypt(cipher(record.iv, name), key, record.sealed);
  return record.isBytes ? plain : JSON.parse(new TextDecoder().decode(plain));
}

/**
 * A record; nothing when there is none.
 * @param {Storage} storage
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function find(storage, name) {
  const record = await within(storage.database, RECORDS, 'readonly', (store) => store.get(name));
  return opened(storage, name, record);
}

/**
 * The names of all records of a kind, in their order.
 * @param {Storage} storage
 * @param {string} kind
 * @returns {Promise<string[]>}
 */
export async function names(storage, kind) {
  const range = IDBKeyRange.bound(`${kind}/`, `${kind}/\uffff`);
  return (await within(storage.database, RECORDS, 'readonly', (store) => store.getAllKeys(range))).map(String);
}

/**
 * All records of a kind, in the order of their names.
 * @param {Storage} storage
 * @param {string} kind
 * @returns {Promise<any[]>}
 */
export async function all(storage, kind) {
  const found = await Promise.all((await names(storage, kind)).map((name) => find(storage, name)));
  return found.filter((one) => one !== undefined);
}

/**
 * @param {Storage} storage
 * @param {string} name
 */
export async function remove({ database: opened }, name) {
  await within(opened, RECORDS, 'readwrite', (store) => store.delete(name));
}

/**
 * Wipes all that this device keeps of an account, and the pages it kept for working without a network.
 * @param {number} account
 */
export async function wipe(account) {
  await answered(indexedDB.deleteDatabase(`dotpha-${account}`));
  await answered(indexedDB.deleteDatabase('dotpha'));
  for (const name of await caches.keys()) await caches.delete(name);
}
