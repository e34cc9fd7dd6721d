package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.journal.SideWrite;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers that a run makes for entries. One that stays empty, since the server refused its entries, is taken away at
 * the end. Not thread-safe: for one thread at a time.
 */
final class NewContainers {
    private static final Logger logger = LoggerFactory.getLogger(NewContainers.class);

    private final WriteConnection connection;
    private final WriteRequests requests;
    private final ChangeSender sender;
    private final SideWrites sides;
    private final Set<String> present = new HashSet<>();

    /** By form: containers of this run without any entry so far, each after the one that it stands in. */
    private final Map<String, DN> empty = new LinkedHashMap<>();

    NewContainers(WriteSession session) {
        this.connection = session.connection();
        this.requests = session.requests();
        this.sender = session.sender();
        this.sides = session.sides();
    }

    /** Makes the containers that a change needs; false if the server refused one, which is reported. */
    boolean make(DirectoryChange change) {
        for (DN container : change.missingParents()) {
            String form = DnForm.of(container);
            if (present.add(form)) {
                AddRequest request = requests.parent(container);
                LDAPResult result = sides.write(
                        write(ChangeKind.CREATE, container, request),
                        () -> connection.get().write(request));
                if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                    empty.put(form, container);
                } else if (!result.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS)) {
                    present.remove(form);
                    sender.refused(change, result);
                    return false;
                }
            }
        }
        return true;
    }

    /** Notes that an entry stands there now. */
    void filled(DN entry) {
        if (empty.isEmpty()) {
            return;
        }
        for (DN above = entry.getParent(); above != null; above = above.getParent()) {
            empty.remove(DnForm.of(above));
        }
    }

    /** Takes away those that stayed empty; the server keeps one that another client put something into. */
    void removeEmpty() {
        List<DN> containers = new ArrayList<>(empty.values());
        empty.clear();
        Collections.reverse(containers);
        for (DN container : containers) {
            LDAPResult result = sides.write(
                    write(ChangeKind.DELETE, container, requests.parent(container)),
                    () -> connection.get().write(new DeleteRequest(WireNames.of(container))));
            if (result.getResultCode().equals(ResultCode.SUCCESS)) {
                present.remove(DnForm.of(container));
            } else {
                logger.atInfo()
                        .addKeyValue("dn", container)
                        .addKeyValue("reason", result.getResultCode())
                        .log("an empty container stays");
            }
        }
    }

    /** A container is nobody's entry, and has no key. */
    private static SideWrite write(ChangeKind kind, DN container, AddRequest request) {
        List<AttributeChange> attributes = new ArrayList<>();
        for (Attribute attribute : request.getAttributes()) {
            List<ASN1OctetString> values = Arrays.asList(attribute.getRawValues());
            attributes.add(
                    kind == ChangeKind.CREATE
                            ? AttributeChange.of(attribute.getName(), List.of(), values, "")
                            : AttributeChange.of(attribute.getName(), values, List.of(), ""));
        }
        return new SideWrite(kind, "", container.toString(), null, null, attributes);
    }
}
