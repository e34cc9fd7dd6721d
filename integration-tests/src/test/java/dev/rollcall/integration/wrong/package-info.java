/** Classes that break the rules of the house on purpose, one each: a rule that cannot fail holds nothing up. */
package dev.rollcall.integration.wrong;
