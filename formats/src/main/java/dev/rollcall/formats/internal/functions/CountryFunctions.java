package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Countries: ISO 3166-1. Immutable and thread-safe. */
public final class CountryFunctions {
    public static final List<FormatFunction> ALL = List.of(iso3166());

    private CountryFunctions() {}

    private static FormatFunction iso3166() {
        return FunctionDeclaration.named("iso3166")
                .group("Lookup")
                .documentation(
                        "A country, given by any of its codes or its English name, as alpha2, alpha3, numeric or name;"
                                + " for c, countryCode and co of Active Directory. Absent if there is no such country, so that ??"
                                + " or onAbsent decides.")
                .alsoKnownAs("SailPoint iso3166, Okta Iso3166Convert")
                .parameter(Parameter.of("country", TEXT))
                .parameter(Parameter.of("to", TEXT))
                .example("iso3166('New Zealand', 'alpha2')", "'NZ'")
                .example("iso3166('nz', 'alpha3')", "'NZL'")
                .example("iso3166('NZL', 'numeric')", "'554'")
                .example("iso3166('040', 'name')", "'Austria'")
                .example("iso3166('Atlantis', 'alpha2')", "skip()")
                .example("iso3166('NZ', 'flag')", "error: bad-argument")
                .as(arguments -> {
                    String to = arguments.text(1);
                    if (!List.of("alpha2", "alpha3", "numeric", "name").contains(to)) {
                        throw FormatException.of("bad-argument", "one of alpha2, alpha3, numeric, name");
                    }
                    String text = Texts.trim(arguments.text(0)).toUpperCase(Locale.ROOT);
                    String known =
                            Codes.ALPHA2.get(text.matches("[0-9]{1,2}") ? "0".repeat(3 - text.length()) + text : text);
                    if (known == null) {
                        return Value.absent();
                    }
                    Locale country = new Locale.Builder().setRegion(known).build();
                    return Value.of(
                            switch (to) {
                                case "alpha2" -> known;
                                case "alpha3" -> country.getISO3Country();
                                case "numeric" -> String.valueOf(Codes.NUMBERS.get(known));
                                default -> country.getDisplayCountry(Locale.ENGLISH);
                            });
                });
    }

    /** Loaded when the function is first called: the names of all countries cost as much as all the rest of the functions. */
    private static final class Codes {
        /** Alpha-2 and numeric codes; the JDK has the other codes and the names. */
        private static final String NUMERIC =
                "AD020 AE784 AF004 AG028 AI660 AL008 AM051 AO024 AQ010 AR032 AS016 AT040 AU036 AW533 AX248 "
                        + "AZ031 BA070 BB052 BD050 BE056 BF854 BG100 BH048 BI108 BJ204 BL652 BM060 BN096 BO068 BQ535 "
                        + "BR076 BS044 BT064 BV074 BW072 BY112 BZ084 CA124 CC166 CD180 CF140 CG178 CH756 CI384 CK184 "
                        + "CL152 CM120 CN156 CO170 CR188 CU192 CV132 CW531 CX162 CY196 CZ203 DE276 DJ262 DK208 DM212 "
                        + "DO214 DZ012 EC218 EE233 EG818 EH732 ER232 ES724 ET231 FI246 FJ242 FK238 FM583 FO234 FR250 "
                        + "GA266 GB826 GD308 GE268 GF254 GG831 GH288 GI292 GL304 GM270 GN324 GP312 GQ226 GR300 GS239 "
                        + "GT320 GU316 GW624 GY328 HK344 HM334 HN340 HR191 HT332 HU348 ID360 IE372 IL376 IM833 IN356 "
                        + "IO086 IQ368 IR364 IS352 IT380 JE832 JM388 JO400 JP392 KE404 KG417 KH116 KI296 KM174 KN659 "
                        + "KP408 KR410 KW414 KY136 KZ398 LA418 LB422 LC662 LI438 LK144 LR430 LS426 LT440 LU442 LV428 "
                        + "LY434 MA504 MC492 MD498 ME499 MF663 MG450 MH584 MK807 ML466 MM104 MN496 MO446 MP580 MQ474 "
                        + "MR478 MS500 MT470 MU480 MV462 MW454 MX484 MY458 MZ508 NA516 NC540 NE562 NF574 NG566 NI558 "
                        + "NL528 NO578 NP524 NR520 NU570 NZ554 OM512 PA591 PE604 PF258 PG598 PH608 PK586 PL616 PM666 "
                        + "PN612 PR630 PS275 PT620 PW585 PY600 QA634 RE638 RO642 RS688 RU643 RW646 SA682 SB090 SC690 "
                        + "SD729 SE752 SG702 SH654 SI705 SJ744 SK703 SL694 SM674 SN686 SO706 SR740 SS728 ST678 SV222 "
                        + "SX534 SY760 SZ748 TC796 TD148 TF260 TG768 TH764 TJ762 TK772 TL626 TM795 TN788 TO776 TR792 "
                        + "TT780 TV798 TW158 TZ834 UA804 UG800 UM581 US840 UY858 UZ860 VA336 VC670 VE862 VG092 VI850 "
                        + "VN704 VU548 WF876 WS882 YE887 YT175 ZA710 ZM894 ZW716 ";

        static final Map<String, String> NUMBERS = new HashMap<>();
        static final Map<String, String> ALPHA2 = new HashMap<>();

        static {
            for (String code : NUMERIC.trim().split(" ", -1)) {
                String alpha2 = code.substring(0, 2);
                NUMBERS.put(alpha2, code.substring(2));
                ALPHA2.put(alpha2, alpha2);
                ALPHA2.put(code.substring(2), alpha2);
                Locale country = new Locale.Builder().setRegion(alpha2).build();
                ALPHA2.put(country.getDisplayCountry(Locale.ENGLISH).toUpperCase(Locale.ROOT), alpha2);
                ALPHA2.put(country.getISO3Country(), alpha2);
            }
        }

        private Codes() {}
    }
}
