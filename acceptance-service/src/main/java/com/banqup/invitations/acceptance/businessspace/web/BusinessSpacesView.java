package com.banqup.invitations.acceptance.businessspace.web;

import java.util.List;

/** The account's Business Spaces, by name. */
record BusinessSpacesView(List<BusinessSpaceView> items) {
}
