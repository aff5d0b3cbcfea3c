import type { LawResult } from "../../testing/types.js";
import { codeOf } from "./codeOf.js";
import type { Checked, GoldenResult, Run } from "../run.js";

/** JUnit's XML, as CI servers read it: a suite for each subject, a test case for each law. */
export function junitText({ subjects, golden = [] }: Run): string {
  const suites = [...subjects.map(suiteOf), ...golden.map(goldenSuite)];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;
}

function suiteOf({ name, report: { laws, milliseconds } }: Checked): string {
  const count = (status: LawResult["status"]): number =>
    laws.filter((law) => law.status === status).length;
  const counts = { tests: laws.length, failures: count("broken"), errors: count("not run") };
  const attributes = {
    ...{ name: `qkv: ${name}`, ...counts, skipped: count("not applicable") },
    time: seconds(milliseconds),
  };
  return element("testsuite", attributes, laws.map((law) => caseOf(name, law)).join(""), " ");
}

function caseOf(classname: string, law: LawResult): string {
  const { id, name, equation, status, reason = "", counterexample, milliseconds } = law;
  const attributes = { name: `${id}: ${name}`, classname, time: seconds(milliseconds) };
  const text = [equation, reason, "", codeOf(counterexample)].join("\n");
  const inside = {
    held: "",
    broken: element("failure", { message: reason, type: id }, escape(text), "   "),
    "not applicable": element("skipped", { message: reason }, "", "   "),
    "not run": element("error", { message: reason, type: "not run" }, "", "   "),
  }[status];
  return element("testcase", attributes, inside, "  ");
}

function goldenSuite({ engine, problems, different }: GoldenResult): string {
  const broken = different.length > 0;
  const message = `${different.length} of ${problems} golden problems have other bits`;
  const failure = element(
    "failure",
    { message, type: "bits" },
    escape(different.join("\n")),
    "   ",
  );
  const name = `bits of ${problems} golden problems`;
  const only = element("testcase", { name, classname: engine }, broken ? failure : "", "  ");
  const counts = { tests: 1, failures: broken ? 1 : 0, errors: 0, skipped: 0 };
  return element("testsuite", { name: `qkv: golden problems, ${engine}`, ...counts }, only, " ");
}

function element(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  inside: string,
  indent: string,
): string {
  const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`);
  const open = `${indent}<${tag}${list.join("")}`;
  if (inside === "") return `${open}/>\n`;
  return inside.startsWith(" ")
    ? `${open}>\n${inside}${indent}</${tag}>\n`
    : `${open}>${inside}</${tag}>\n`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
  "\r": "&#13;",
};

/** Text and attributes alike; what XML 1.0 has no place for becomes a question mark. */
function escape(value: string | number): string {
  return String(value)
    .replace(/[&<>"\n\t\r]/g, (letter) => entities[letter])
    .replace(/[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "?");
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
