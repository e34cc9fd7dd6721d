package dev.rollcall.provisioning;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModifyRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A server that keeps car licenses in capital letters, whatever it is given. Not thread-safe: for one thread at a time. */
public final class Capitals extends InMemoryOperationInterceptor {
    @Override
    public void processAddRequest(InMemoryInterceptedAddRequest request) {
        List<Attribute> attributes = new ArrayList<>();
        for (Attribute attribute : request.getRequest().getAttributes()) {
            attributes.add(
                    attribute.getName().equals("carLicense")
                            ? new Attribute("carLicense", capitals(attribute.getValues()))
                            : attribute);
        }
        request.setRequest(new AddRequest(
                request.getRequest().getDN(), attributes, request.getRequest().getControls()));
    }

    @Override
    public void processModifyRequest(InMemoryInterceptedModifyRequest request) {
        List<Modification> modifications = new ArrayList<>();
        for (Modification one : request.getRequest().getModifications()) {
            modifications.add(
                    one.getAttributeName().equals("carLicense")
                            ? new Modification(one.getModificationType(), "carLicense", capitals(one.getValues()))
                            : one);
        }
        request.setRequest(new ModifyRequest(
                request.getRequest().getDN(),
                modifications,
                request.getRequest().getControls()));
    }

    private static String[] capitals(String[] values) {
        return Arrays.stream(values)
                .map(value -> value.toUpperCase(Locale.ROOT))
                .toArray(String[]::new);
    }
}
