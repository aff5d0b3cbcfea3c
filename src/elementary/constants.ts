/**
 * The numbers of the elementary functions, one table for every engine.
 *
 * Those ending in 32, and the coefficients of exp32 and tanh32, are float32 values. Coefficients
 * are named after the power they multiply. Each set is within a few percent of minimax in the
 * relative error of the whole function: Remez exchange in 50-digit arithmetic, the coefficients of
 * the lowest powers rounded one at a time and the rest fitted anew after each.
 */

/** log₂ e, and ln 2 in two parts: the high one is short, so that its product with n is exact. */
export const log2E32 = 1.4426950216293335;
export const ln2High32 = 0.693145751953125; // 15 bits
export const ln2Low32 = 1.428606765330187e-6;
export const log2E64 = 1.4426950408889634;
export const ln2High64 = 0.6931471803691238; // 32 bits
export const ln2Low64 = 1.9082149292705877e-10;

/** Adding and subtracting 1.5·2²³ or 1.5·2⁵² rounds to the nearest integer, ties to even. */
export const roundingShift32 = 12582912;
export const roundingShift64 = 6755399441055744;

/** The last arguments whose exponential is neither cut to 0 nor Infinity. */
export const exp32Lowest = -87.33654022216797; // e^x is just above 2⁻¹²⁶
export const exp32Highest = 88.72283172607422;
export const exp64Lowest = -745.1332191019411; // e^x is just above 2⁻¹⁰⁷⁵, half the least subnormal
export const exp64Highest = 709.782712893384;

/** e^r = 1 + r + r²·(C2 + C3·r + …) for |r| ≤ ½ ln 2; relative error 2⁻²⁸·². */
export const exp32C2 = 0.4999999403953552;
export const exp32C3 = 0.1666651964187622;
export const exp32C4 = 0.04166816920042038;
export const exp32C5 = 0.00836885068565607;
export const exp32C6 = 0.001383082359097898;

/** e^r for float64, in the same form; relative error 2⁻⁶³·⁴. */
export const exp64C2 = 0.5;
export const exp64C3 = 0.16666666666666688;
export const exp64C4 = 0.04166666666666684;
export const exp64C5 = 0.008333333333313408;
export const exp64C6 = 0.0013888888888757508;
export const exp64C7 = 0.00019841269905553297;
export const exp64C8 = 2.4801587632166206e-5;
export const exp64C9 = 2.7557225667726284e-6;
export const exp64C10 = 2.755697477447963e-7;
export const exp64C11 = 2.511522147867927e-8;
export const exp64C12 = 2.1016018481700648e-9;

/** 2 atanh s = 2s + s³·(C3 + C5·s² + …) for |s| ≤ 3 − 2√2; relative error 2⁻⁵⁹·⁵. */
export const log64C3 = 0.6666666666666734;
export const log64C5 = 0.39999999999416935;
export const log64C7 = 0.285714287419337;
export const log64C9 = 0.22222198616112573;
export const log64C11 = 0.1818356224860913;
export const log64C13 = 0.15314100361406324;
export const log64C15 = 0.1479548072650446;

/** tanh x = x + x³·(C3 + C5·x² + …) for |x| ≤ 0.625; relative error 2⁻²⁷·⁷. */
export const tanh32C3 = -0.3333328068256378;
export const tanh32C5 = 0.13331405818462372;
export const tanh32C7 = -0.05373651534318924;
export const tanh32C9 = 0.02062816731631756;
export const tanh32C11 = -0.005692296661436558;

/** tanh x for float64, in the same form; relative error 2⁻⁶¹·². */
export const tanh64C3 = -0.33333333333333315;
export const tanh64C5 = 0.1333333333332996;
export const tanh64C7 = -0.05396825396614944;
export const tanh64C9 = 0.02186948847069867;
export const tanh64C11 = -0.008863234338741222;
export const tanh64C13 = 0.0035921142222751666;
export const tanh64C15 = -0.0014557272086050833;
export const tanh64C17 = 0.0005894566133103631;
export const tanh64C19 = -0.00023702397303620155;
export const tanh64C21 = 9.157828413242715e-5;
export const tanh64C23 = -3.020584948307017e-5;
export const tanh64C25 = 6.0501424859077895e-6;

/** sin r = r + r³·(C3 + C5·r² + …) for |r| ≤ π/4; relative error 2⁻⁵⁷·⁹. */
export const sin64C3 = -0.1666666666666663;
export const sin64C5 = 0.00833333333332184;
export const sin64C7 = -0.00019841269829358528;
export const sin64C9 = 2.7557313538514323e-6;
export const sin64C11 = -2.5050734389297082e-8;
export const sin64C13 = 1.5895433293322348e-10;

/** cos r = 1 − r²/2 + r⁴·(C4 + C6·r² + …) for |r| ≤ π/4; relative error 2⁻⁶³·⁹. */
export const cos64C4 = 0.041666666666666595;
export const cos64C6 = -0.0013888888888873338;
export const cos64C8 = 2.4801587288997485e-5;
export const cos64C10 = -2.7557314215301416e-7;
export const cos64C12 = 2.0875705115504997e-9;
export const cos64C14 = -1.1358732813296208e-11;

/** Where tanh changes from its polynomial to 1 − 2t/(1 + t), t = e^(−2|x|). */
export const tanhSwitch = 0.625;

export const quarterPi = 0.7853981633974483;
export const twoOverPi = 0.6366197723675814;

/** π/2 rounded and the rest. */
export const halfPiHigh = 1.5707963267948966;
export const halfPiLow = 6.123233995736766e-17;

/** π/2 in three parts of 33 bits and one of 53. */
export const halfPi1 = 1.5707963267341256;
export const halfPi2 = 6.077100506303966e-11;
export const halfPi3 = 2.0222662487111665e-21;
export const halfPi4 = 8.4784276603689e-32;
