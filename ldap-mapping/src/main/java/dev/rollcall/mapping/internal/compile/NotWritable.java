package dev.rollcall.mapping.internal.compile;

import dev.rollcall.mapping.rule.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attributes that no mapping may write: the engine does, or the server alone. Stateless, and thus thread-safe. */
public final class NotWritable {
    private static final String BY_SERVER = "the server keeps it: remove the rule";

    private static final Map<String, String> REMEDIES = remedies();

    private NotWritable() {}

    /** {@return what to do instead of mapping an attribute, by its name in small letters; empty if it may be mapped} */
    static Optional<String> remedy(String attribute, Limits limits) {
        if (limits == Limits.ACTIVE_DIRECTORY && attribute.equals("name")) {
            return Optional.of("it is the value of the RDN: map cn, or set dn");
        }
        return Optional.ofNullable(REMEDIES.get(attribute));
    }

    private static Map<String, String> remedies() {
        Map<String, String> remedies = new HashMap<>();
        remedies.put("objectclass", "list the classes in objectClasses");
        remedies.put("dn", "the DN has a key of its own, dn");
        remedies.put("distinguishedname", "the DN has a key of its own, dn");
        remedies.put("memberof", "list the groups in groups");
        remedies.put("objectguid", "the directory gives it");
        remedies.put("objectsid", "the directory gives it");
        remedies.put("entryuuid", "the directory gives it");
        remedies.put("nsuniqueid", "the directory gives it");
        for (String password : List.of(
                "unicodepwd", "userpassword", "dbcspwd", "ntpwdhistory", "lmpwdhistory", "supplementalcredentials")) {
            remedies.put(password, "passwords are made by policy.password");
        }
        remedies.put("pwdlastset", "policy.password has forceChange for new accounts");
        remedies.put("lockouttime", "a lockout ends by itself or is lifted by an administrator: remove the rule");
        remedies.put("primarygroupid", "list the groups in groups; the primary group stays as it is");
        remedies.put("sidhistory", "only a migration of domains writes it: remove the rule");
        remedies.put("directreports", "the server makes it of manager: map manager");
        remedies.put("managedobjects", "the server makes it of managedBy: remove the rule");
        remedies.put("admincount", "it marks privileged accounts, which are protected: remove the rule");
        remedies.put("iscriticalsystemobject", "it marks accounts of the system, which are protected: remove the rule");
        for (String kept : List.of(
                "badpwdcount",
                "badpasswordtime",
                "lastlogon",
                "lastlogoff",
                "lastlogontimestamp",
                "logoncount",
                "samaccounttype",
                "ntsecuritydescriptor",
                "instancetype",
                "whencreated",
                "whenchanged",
                "usncreated",
                "usnchanged",
                "isdeleted",
                "canonicalname",
                "tokengroups",
                "msds-user-account-control-computed",
                "createtimestamp",
                "creatorsname",
                "modifytimestamp",
                "modifiersname",
                "entrydn",
                "entrycsn",
                "entryusn",
                "hassubordinates",
                "numsubordinates",
                "structuralobjectclass",
                "subschemasubentry",
                "pwdchangedtime",
                "pwdfailuretime",
                "pwdhistory",
                "pwdgraceusetime")) {
            remedies.put(kept, BY_SERVER);
        }
        return Map.copyOf(remedies);
    }
}
