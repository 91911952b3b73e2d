/* Where envelopes lie on the machine: one IndexedDB store, nothing in clear but which sheet, which sequence, since when. */

export interface Row {
  sheet: string;
  seq: number;
  at: number;
  envelope: string;
}

export const DATABASE = "qingyan-sealed";
const STORE = "envelopes";
const OPENS_WITHIN_MS = 2000;
const KEPT_MS = 24 * 3600 * 1000;

export class Vault {
  private constructor(private database: IDBDatabase) {
    database.onversionchange = () => database.close(); // somebody signs out in another tab
  }

  /** Null where the browser keeps nothing (private window, storage switched off, too old). */
  static open(): Promise<Vault | null> {
    return new Promise((resolve) => {
      window.setTimeout(() => resolve(null), OPENS_WITHIN_MS);
      try {
        const asked = indexedDB.open(DATABASE, 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: ["sheet", "seq"] });
        asked.onsuccess = () => resolve(new Vault(asked.result));
        asked.onerror = () => resolve(null);
      } catch {
        resolve(null);
      }
    });
  }

  keep(row: Row): Promise<void> {
    return this.write((store) => store.put(row));
  }

  drop(rows: { sheet: string; seq: number }[]): Promise<void> {
    return this.write((store) => rows.forEach((row) => store.delete([row.sheet, row.seq])));
  }

  /** The rows of one sheet; what is older than a day is thrown away first, whosever it is. */
  async rowsOf(sheet: string): Promise<Row[]> {
    const all = await new Promise<Row[]>((resolve, reject) => {
      const asked = this.database.transaction(STORE).objectStore(STORE).getAll() as IDBRequest<Row[]>;
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const old = all.filter((row) => Math.abs(Date.now() - row.at) > KEPT_MS);
    if (old.length) await this.drop(old);
    return all.filter((row) => row.sheet === sheet && old.indexOf(row) < 0);
  }

  private write(work: (store: IDBObjectStore) => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      const change = this.database.transaction(STORE, "readwrite");
      change.oncomplete = () => resolve();
      change.onerror = change.onabort = () => reject(change.error);
      work(change.objectStore(STORE));
    });
  }
}

/** Nothing is left of anybody: asked for at sign-out, where Clear-Site-Data may not work. */
export function forgetAll(): void {
  try {
    indexedDB.deleteDatabase(DATABASE);
  } catch {
    // no storage, so nothing was kept
  }
}
