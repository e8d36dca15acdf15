import {_t} from "@web/core/l10n/translation";

export const MOST = 4;
/** X's limit for an alternative text, in characters. */
export const LONGEST_ALT = 1000;
export const ACCEPTED = "image/jpeg,image/png,image/gif,image/webp";

// https://docs.x.com/x-api/media/quickstart/best-practices
const MEGABYTE = 1024 * 1024;
const LARGEST = 5 * MEGABYTE;
const LARGEST_GIF = 15 * MEGABYTE;

/** How a file of each kind begins; its name and what the browser says may be wrong. */
const BEGINNINGS = {
    "image/jpeg": /^\xff\xd8\xff/,
    "image/png": /^\x89PNG\r\n/,
    "image/gif": /^GIF8[79]a/,
    "image/webp": /^RIFF[^]{4}WEBP/,
};

/** Empty for an empty file. */
function base64Of(file) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.split(",")[1] || "");
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(file);
    });
}

function tooLarge(name) {
    return _t("“%(name)s” is too large: X takes up to 5 MB, a GIF up to 15 MB.", {
        name,
    });
}

function typeOf(data) {
    const beginning = atob(data.slice(0, 24));
    return Object.keys(BEGINNINGS).find((type) => BEGINNINGS[type].test(beginning));
}

const isGif = ({type}) => type === "image/gif";

/** The pictures that go with a post: up to four, or one GIF. */
export class Pictures {
    /** @param {{name: string, alt: string}[]} missed that a draft had */
    constructor(missed = []) {
        /** {id, name, type, data (base64), source (an address for <img>), alt} */
        this.items = [];
        /** why files were not taken, a sentence each */
        this.refusals = [];
        this.missed = missed;
        this.nextId = 1;
    }

    get described() {
        return this.items.filter(({alt}) => alt.trim()).length;
    }

    get isFull() {
        return this.items.length >= MOST || this.items.some(isGif);
    }

    /** What our server takes. */
    get sent() {
        return this.items.map(({name, data, alt}) => ({name, data, alt: alt.trim()}));
    }

    async add(files) {
        this.refusals = [];
        for (const file of files) {
            const refusal = await this._add(file);
            if (refusal) {
                this.refusals.push(refusal);
            }
        }
    }

    remove(id) {
        this.refusals = [];
        this.items = this.items.filter((item) => item.id !== id);
    }

    /** @returns {Promise<string>} why it is not taken, or "" */
    async _add(file) {
        const {name} = file;
        if (file.size > LARGEST_GIF) {
            return tooLarge(name);
        }
        const data = await base64Of(file);
        const type = typeOf(data);
        if (!type) {
            return _t("“%(name)s” is no picture that X takes: JPG, PNG, GIF or WEBP.", {
                name,
            });
        }
        if (type !== "image/gif" && file.size > LARGEST) {
            return tooLarge(name);
        }
        if (this.isFull || (this.items.length && type === "image/gif")) {
            return _t(
                "“%(name)s” was not added: X takes up to four pictures in a post, or one GIF.",
                {name}
            );
        }
        const before = this.missed.find((one) => one.name === name);
        this.missed = this.missed.filter((one) => one !== before);
        const source = `data:${type};base64,${data}`;
        const alt = before?.alt || "";
        this.items.push({id: this.nextId++, name, type, data, source, alt});
        return "";
    }
}
