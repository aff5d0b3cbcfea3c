import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

// ECMAScript leaves the last bits of these to the engine, so a result that passed through one of
// them would not be the same everywhere.
const INEXACT =
  "acos|acosh|asin|asinh|atan|atan2|atanh|cbrt|cos|cosh|exp|expm1|hypot|log|log10|log1p|log2|pow|random|sin|sinh|tan|tanh";
const REASON =
  "differs between JavaScript engines; use src/elementary (only reference.ts may use it).";

const sameBitsEverywhere = {
  "no-restricted-syntax": [
    "error",
    {
      selector: `MemberExpression[object.name="Math"][property.name=/^(${INEXACT})$/]`,
      message: `This Math function ${REASON}`,
    },
    {
      selector: 'MemberExpression[object.name="Math"][computed=true]',
      message: "Name the Math function, so that this rule can see it.",
    },
    {
      selector: `VariableDeclarator[init.name="Math"] Property[key.name=/^(${INEXACT})$/]`,
      message: `This Math function ${REASON}`,
    },
    {
      selector:
        ':not(MemberExpression):not(VariableDeclarator[id.type="ObjectPattern"]) > Identifier[name="Math"]',
      message: "Write Math.name, so that this rule can see which function is used.",
    },
    { selector: 'BinaryExpression[operator="**"]', message: `** ${REASON}` },
    { selector: 'AssignmentExpression[operator="**="]', message: `**= ${REASON}` },
  ],
};

export default defineConfig(
  {
    ignores: ["node_modules/", "**/dist/", "coverage/", ".cache/", "site/", "src/**/*.as.ts"],
  },
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-undef": "off",
      "prefer-const": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" },
      ],
    },
  },
  {
    files: ["**/*.{cjs,cts}"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // Constants are written with more digits than fit, as they stand in the literature.
    files: ["{src,test}/elementary/**/*.ts"],
    rules: { "no-loss-of-precision": "off" },
  },
  {
    files: ["src/**/*.ts"],
    rules: { "no-console": "error" },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/**/reference.ts"],
    rules: sameBitsEverywhere,
  },
);
